import { ENTRY_FIELDS } from '../workflows/onboarding/log-entry.ts';
import { either, getAtt, type Resources, ref, sub } from './ros.ts';
import { inline, noted } from './yaml.ts';

/** Its name as text of `Fn::Sub`. */
export const PROJECT = 'account-onboarding-${ALIYUN::TenantId}';
export const RESULTS = 'results';
export const FUNCTION_LOGS = 'function-logs';

/** What Function Compute writes with each line. Source: FC, "Log fields". */
const FUNCTION_LOG_FIELDS = ['functionName', 'requestId', 'instanceID', 'message'];

/** The condition: the stack makes the log store of the results, and finds none. */
export const CREATES_RESULT_STORE = 'CreatesResultStore';
export const RETENTION_DAYS = 'RetentionDays';

/** For what stands in the project: the logstore that it is taken from always exists. */
export const projectName = () => getAtt('FunctionLogs', 'ProjectName');

/** Where results go, and what the functions print. Results outlive the stack. */
export function logStore(): Resources {
  return {
    LogProject: {
      Type: 'ALIYUN::SLS::Project',
      Condition: CREATES_RESULT_STORE,
      DeletionPolicy: 'Retain',
      Properties: {
        Name: noted('Names are unique among all users of a region.', sub(PROJECT)),
        Description: 'Results of account onboarding',
      },
    },
    Results: {
      Type: 'ALIYUN::SLS::Logstore',
      Condition: CREATES_RESULT_STORE,
      DeletionPolicy: 'Retain',
      Properties: {
        ProjectName: getAtt('LogProject', 'Name'),
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
          either(CREATES_RESULT_STORE, getAtt('LogProject', 'Name'), sub(PROJECT)),
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
      Condition: CREATES_RESULT_STORE,
      DeletionPolicy: 'Retain',
      Properties: {
        ProjectName: getAtt('LogProject', 'Name'),
        LogstoreName: getAtt('Results', 'LogstoreName'),
        FullTextIndex: inline({ Enable: true, CaseSensitive: false }),
        KeyIndices: Object.entries(ENTRY_FIELDS).map(([Name, Type]) =>
          inline({ Name, Type, EnableAnalytics: true }),
        ),
      },
    },
  };
}
