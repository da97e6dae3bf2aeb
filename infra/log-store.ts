import { ENTRY_FIELDS } from '../workflows/onboarding/log-entry.ts';
import { anyOf, either, equals, getAtt, not, type Resources, ref, sub } from './ros.ts';
import { inline, noted, type ValueMap } from './yaml.ts';

/** Its name as text of `Fn::Sub`. */
export const PROJECT = 'account-onboarding-${ALIYUN::TenantId}';
export const RESULTS = 'results';
export const FUNCTION_LOGS = 'function-logs';

/** What Function Compute writes with each line. Source: FC, "Log fields". */
const FUNCTION_LOG_FIELDS = ['functionName', 'requestId', 'instanceID', 'message'];

export const RETENTION_DAYS = 'RetentionDays';
/** The parameter that says what of it the stack finds. */
export const RESULT_STORE = 'ResultStore';
export const RESULT_STORE_VALUES = ['Create', 'ExistingProject', 'ExistingLogstore', 'Existing'];

const CREATES_PROJECT = 'CreatesLogProject';
const CREATES_LOGSTORE = 'CreatesResults';
const CREATES_INDEX = 'CreatesResultsIndex';

/** What of it the stack makes: all that outlives a stack, whatever ended that, has its own. */
export const RESULT_STORE_CONDITIONS: ValueMap = {
  [CREATES_PROJECT]: equals(ref(RESULT_STORE), 'Create'),
  [CREATES_LOGSTORE]: anyOf(CREATES_PROJECT, equals(ref(RESULT_STORE), 'ExistingProject')),
  [CREATES_INDEX]: not(equals(ref(RESULT_STORE), 'Existing')),
};

/** After the project, if the stack makes it. */
const ownProjectName = () => either(CREATES_PROJECT, getAtt('LogProject', 'Name'), sub(PROJECT));

/** For what stands in the project: the logstore that it is taken from always exists. */
export const projectName = () => getAtt('FunctionLogs', 'ProjectName');

/** Where results go, and what the functions print. Results outlive the stack. */
export function logStore(): Resources {
  return {
    LogProject: {
      Type: 'ALIYUN::SLS::Project',
      Condition: CREATES_PROJECT,
      DeletionPolicy: 'Retain',
      Properties: {
        Name: noted('Names are unique among all users of a region.', sub(PROJECT)),
        Description: 'Results of account onboarding',
      },
    },
    Results: {
      Type: 'ALIYUN::SLS::Logstore',
      Condition: CREATES_LOGSTORE,
      DeletionPolicy: 'Retain',
      Properties: {
        ProjectName: ownProjectName(),
        LogstoreName: RESULTS,
        TTL: ref(RETENTION_DAYS),
        ShardCount: 1,
        AutoSplit: true,
        MaxSplitShard: 4,
        AppendMeta: false,
      },
    },
    FunctionLogs: {
      Type: 'ALIYUN::SLS::Logstore',
      Properties: {
        ProjectName: noted(
          "Everything else takes the project's name from here: this log store always exists.",
          ownProjectName(),
        ),
        LogstoreName: FUNCTION_LOGS,
        TTL: 30,
        ShardCount: 1,
      },
    },
    FunctionLogsIndex: {
      Type: 'ALIYUN::SLS::Index',
      Properties: {
        ProjectName: projectName(),
        LogstoreName: getAtt('FunctionLogs', 'LogstoreName'),
        FullTextIndex: inline({ Enable: true, CaseSensitive: false }),
        KeyIndices: FUNCTION_LOG_FIELDS.map((Name) => inline({ Name, Type: 'text' })),
      },
    },
    ResultsIndex: {
      Type: 'ALIYUN::SLS::Index',
      Condition: CREATES_INDEX,
      DeletionPolicy: 'Retain',
      Properties: {
        ProjectName: ownProjectName(),
        LogstoreName: either(CREATES_LOGSTORE, getAtt('Results', 'LogstoreName'), RESULTS),
        FullTextIndex: inline({ Enable: true, CaseSensitive: false }),
        KeyIndices: Object.entries(ENTRY_FIELDS).map(([Name, Type]) =>
          inline({ Name, Type, EnableAnalytics: true }),
        ),
      },
    },
  };
}
