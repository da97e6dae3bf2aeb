export const ACTIONS_BY_STAGE: Readonly<
  Record<'event path' | 'foundations' | 'functions' | 'removal', readonly string[]>
> = { foundations: [], functions: [], 'event path': [], removal: [] };
