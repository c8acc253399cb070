#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::json;

use super::*;

const SMALL: &str = r#"
Parameters:
  Url: {Type: String, Default: ""}
  Level: {Type: String, Default: info}
Mappings: {Queue: {Redrive: {MaxReceiveCount: 8}}}
Conditions:
  HasUrl: !Not [!Equals [!Ref Url, ""]]
Globals:
  Function: {Timeout: 30, MemorySize: 512, Environment: {Variables: {LOG_LEVEL: !Ref Level}}}
Resources:
  Table: {Type: AWS::DynamoDB::Table, Properties: {BillingMode: PAY_PER_REQUEST}}
  Bucket: {Type: AWS::S3::Bucket}
  Key: {Type: AWS::KMS::Key}
  Group: {Type: AWS::Scheduler::ScheduleGroup}
  Due:
    Type: AWS::SQS::Queue
    Properties: {VisibilityTimeout: 180, RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: !FindInMap [Queue, Redrive, MaxReceiveCount]}}
  Dead: {Type: AWS::SQS::Queue, Properties: {MessageRetentionPeriod: 1209600}}
  Work:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: functions/work
      Timeout: 60
      Environment: {Variables: {URL: !If [HasUrl, !Ref Url, !Sub "http://${Api}/x"], DUE: !GetAtt Due.Arn}}
      Events:
        Due: {Type: SQS, Properties: {Queue: !GetAtt Due.Arn, BatchSize: 5, FunctionResponseTypes: [ReportBatchItemFailures], ScalingConfig: {MaximumConcurrency: 7}}}
  Api: {Type: AWS::ApiGatewayV2::Api}
  Integration: {Type: AWS::ApiGatewayV2::Integration, Properties: {IntegrationUri: !GetAtt Work.Arn}}
  Route: {Type: AWS::ApiGatewayV2::Route, Properties: {RouteKey: "ANY /v1/{proxy+}", Target: !Sub "integrations/${Integration}"}}
"#;

#[test]
fn functions_carry_globals_triggers_and_routes() {
    let template = Template::parse(SMALL).unwrap();
    let work = template.function("work").unwrap();
    assert_eq!((work.timeout_s, work.memory_mb), (60, 512));
    assert_eq!(work.environment["LOG_LEVEL"], json!({"Ref": "Level"}));
    assert_eq!(
        work.trigger,
        Some(TriggerSpec {
            queue: "Due".into(),
            batch_size: 5,
            batching_window_s: 0,
            concurrency_max: Some(7),
            reports_item_failures: true
        })
    );
    assert_eq!(
        work.routes,
        [RouteSpec {
            method: "ANY".into(),
            path: "/v1/{proxy+}".into()
        }]
    );
    assert!(work.routes[0].matches("PUT", "/v1/pulses/1") && !work.routes[0].matches("GET", "/v1/"));
}

#[test]
fn queues_carry_their_redrive() {
    let template = Template::parse(SMALL).unwrap();
    let due = template.queue("Due").unwrap();
    assert_eq!(due.visibility_timeout_s, 180);
    assert_eq!(
        due.redrive,
        Some(RedriveSpec {
            dead_letters: "Dead".into(),
            max_receive_count: 8
        })
    );
    let dead = template.queue("Dead").unwrap();
    assert_eq!((dead.retention_s, &dead.redrive), (1_209_600, &None));
}

#[test]
fn environment_is_evaluated_with_what_exists() {
    let template = Template::parse(SMALL).unwrap();
    let work = template.function("work").unwrap();
    let due = Physical {
        reference: "http://queue".into(),
        attributes: BTreeMap::from([("Arn".into(), "arn:due".into())]),
    };
    let api = Physical {
        reference: "abc".into(),
        attributes: BTreeMap::new(),
    };
    let resources = BTreeMap::from([("Due".to_owned(), due), ("Api".to_owned(), api)]);
    let none = BTreeMap::new();
    let given = BTreeMap::from([("Url".to_owned(), "https://own".to_owned())]);
    let scope = |parameters| Scope {
        document: &template.document,
        parameters,
        resources: &resources,
        stack_name: "s",
    };
    assert_eq!(scope(&none).text(&work.environment["URL"]).unwrap(), "http://abc/x");
    assert_eq!(scope(&given).text(&work.environment["URL"]).unwrap(), "https://own");
    assert_eq!(scope(&none).text(&work.environment["DUE"]).unwrap(), "arn:due");
    let unknown = scope(&none).text(&json!({"Ref": "Nobody"})).unwrap_err().to_string();
    assert!(unknown.contains("!Ref Nobody stands for nothing"), "{unknown}");
}

#[test]
fn what_is_missing_or_new_is_named() {
    let without_bucket = SMALL.replace("AWS::S3::Bucket", "AWS::S3::Other");
    let error = Template::parse(&without_bucket).unwrap_err().to_string();
    assert!(error.contains("has no AWS::S3::Bucket"), "{error}");
    let other_event = SMALL.replace("Type: SQS", "Type: HttpApi");
    let error = Template::parse(&other_event).unwrap_err().to_string();
    assert!(error.contains("Work.Events.Due"), "{error}");
}
