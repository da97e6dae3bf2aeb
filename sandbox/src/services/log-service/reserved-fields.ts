/**
 * Fields that the service adds to every log, and indexes, itself. Source: help.aliyun.com, Log
 * Service, "Reserved fields".
 */
export const RESERVED_FIELDS: readonly string[] = ['__source__', '__time__', '__topic__'];
