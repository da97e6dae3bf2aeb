/** The id of a folder of the resource directory, or of its root folder. */
export const FOLDER_ID = /^(fd|r)-.+$/;
