//! What template.yaml must keep: numbers that depend on each other, and permissions that follow from the environment.

use std::collections::BTreeSet;

use domain::fault::RETRY_SCHEDULE_S;
use local::template::{FunctionSpec, QueueSpec, Template};
use serde_json::{Value, json};

/// Receives beyond the retry schedule: crashes and throttled batches must not use up a delivery's retries.
const SPARE_RECEIVES: usize = 3;
const DAY_S: u32 = 86_400;

fn template() -> Template {
    Template::read().expect("template.yaml can be read")
}

fn feeding(template: &Template) -> impl Iterator<Item = (&QueueSpec, &FunctionSpec)> {
    template.functions.iter().filter_map(|function| {
        let trigger = function.trigger.as_ref()?;
        Some((
            template.queue(&trigger.queue).expect("a trigger names a queue of the template"),
            function,
        ))
    })
}

#[test]
fn a_message_is_received_as_often_as_the_retry_schedule_needs() {
    for queue in template().queues {
        let Some(redrive) = queue.redrive else { continue };
        assert_eq!(
            redrive.max_receive_count as usize,
            RETRY_SCHEDULE_S.len() + SPARE_RECEIVES,
            "{}: Mappings.Queue.Redrive.MaxReceiveCount is the retry schedule's length + {SPARE_RECEIVES}; change both together",
            queue.logical_id
        );
    }
}

#[test]
fn every_queue_has_one_reader_and_its_own_dead_letters() {
    let template = template();
    let mut dead_letters = BTreeSet::new();
    for queue in &template.queues {
        let readers = feeding(&template).filter(|(fed, _)| fed.logical_id == queue.logical_id).count();
        match &queue.redrive {
            Some(redrive) => {
                assert_eq!(readers, 1, "{} needs exactly one function that reads it", queue.logical_id);
                assert!(
                    dead_letters.insert(redrive.dead_letters.clone()),
                    "{} is shared by two queues",
                    redrive.dead_letters
                );
                let kept_s = template.queue(&redrive.dead_letters).map(|dead| dead.retention_s);
                assert_eq!(
                    kept_s,
                    Some(14 * DAY_S),
                    "{} keeps its messages for 14 days, SQS's most",
                    redrive.dead_letters
                );
            }
            None => assert_eq!(readers, 0, "{}: nobody reads dead letters but a person", queue.logical_id),
        }
    }
    let given_up: BTreeSet<_> = template
        .queues
        .iter()
        .filter(|queue| queue.redrive.is_none())
        .map(|queue| queue.logical_id.clone())
        .collect();
    assert_eq!(
        given_up, dead_letters,
        "a queue without RedrivePolicy is some queue's dead-letter queue"
    );
}

#[test]
fn triggers_report_single_failures_and_leave_time() {
    for (queue, function) in feeding(&template()) {
        let trigger = function.trigger.as_ref().expect("it feeds");
        assert!(
            trigger.reports_item_failures,
            "{}: without ReportBatchItemFailures one bad record fails its neighbours",
            function.folder
        );
        assert!(
            queue.visibility_timeout_s >= 6 * function.timeout_s,
            "{}: visibility {} s is less than six times the {} s of {}",
            queue.logical_id,
            queue.visibility_timeout_s,
            function.timeout_s,
            function.folder
        );
        if function.folder.starts_with("send-") {
            assert!(
                trigger.concurrency_max.is_some(),
                "{}: a sender needs ScalingConfig, or it floods its provider",
                function.folder
            );
            let lease_s = delivery::LEASE.as_secs();
            assert!(
                u64::from(function.timeout_s) <= lease_s,
                "{}: its timeout outlives the lease of {lease_s} s",
                function.folder
            );
        }
    }
}

#[test]
fn everything_at_rest_is_encrypted_and_survives_the_stack() {
    let template = template();
    for (id, queue) in template.resources_of("AWS::SQS::Queue") {
        assert_eq!(queue["SqsManagedSseEnabled"], true, "{id}");
    }
    assert_eq!(template.table.1["SSESpecification"]["SSEEnabled"], true);
    assert_eq!(
        template.table.1["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"],
        true
    );
    let resources = &template.document["Resources"];
    for id in [&template.table.0, &template.bucket, &template.key] {
        assert_eq!(
            resources[id]["DeletionPolicy"], "Retain",
            "{id}: deleting the stack must not delete what people stored"
        );
    }
    let block = &resources[&template.bucket]["Properties"]["PublicAccessBlockConfiguration"];
    assert!(
        block
            .as_object()
            .is_some_and(|all| all.len() == 4 && all.values().all(|on| on == true)),
        "{block}"
    );
}

#[test]
fn whatever_gives_up_raises_an_alarm() {
    let template = template();
    let watched = |metric: &str| -> BTreeSet<String> {
        let alarms = template
            .resources_of("AWS::CloudWatch::Alarm")
            .filter(|(_, alarm)| alarm["MetricName"] == metric);
        let named = |value: &Value| value["Ref"].as_str().or_else(|| value["Fn::GetAtt"][0].as_str()).map(str::to_owned);
        alarms.filter_map(|(_, alarm)| named(&alarm["Dimensions"][0]["Value"])).collect()
    };
    let dead_letters: BTreeSet<_> = template
        .queues
        .iter()
        .filter(|queue| queue.redrive.is_none())
        .map(|queue| queue.logical_id.clone())
        .collect();
    assert_eq!(watched("ApproximateNumberOfMessagesVisible"), dead_letters);
    let functions: BTreeSet<_> = template.functions.iter().map(|function| function.logical_id.clone()).collect();
    assert_eq!(watched("Errors"), functions);
    assert_eq!(
        watched("InvocationDroppedCount").len(),
        1,
        "the Scheduler's own failures show nowhere else"
    );
}

/// The statements of a function's own role.
fn statements(template: &Template, function: &FunctionSpec) -> Vec<Value> {
    let resources = &template.document["Resources"];
    let role = resources[&function.logical_id]["Properties"]["Role"]["Fn::GetAtt"][0]
        .as_str()
        .unwrap_or_default();
    let policies = resources[role]["Properties"]["Policies"].as_array();
    assert!(
        policies.is_some(),
        "{}: without Role SAM makes one that reads every queue of the account",
        function.folder
    );
    let statements = policies
        .into_iter()
        .flatten()
        .flat_map(|policy| policy["PolicyDocument"]["Statement"].as_array().into_iter().flatten());
    statements.cloned().collect()
}

fn as_list(value: &Value) -> Vec<&Value> {
    value.as_array().map_or_else(|| vec![value], |list| list.iter().collect())
}

/// The resources on which a function may do something.
fn may(template: &Template, function: &FunctionSpec, action: &str) -> BTreeSet<String> {
    let statements = statements(template, function);
    let allowed = statements
        .iter()
        .filter(|statement| as_list(&statement["Action"]).contains(&&json!(action)));
    allowed
        .flat_map(|statement| as_list(&statement["Resource"]))
        .filter_map(|resource| resource["Fn::GetAtt"][0].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn no_permission_is_wider_than_one_resource() {
    let template = template();
    for function in &template.functions {
        for statement in statements(&template, function) {
            for part in as_list(&statement["Action"]).into_iter().chain(as_list(&statement["Resource"])) {
                let wide = part == "*" || part.as_str().is_some_and(|action| action.ends_with(":*"));
                assert!(!wide, "{}: {part} in {statement}", function.folder);
            }
        }
    }
}

#[test]
fn models_at_bedrock_are_those_that_the_deployment_names() {
    let template = template();
    let policies: Vec<_> = template.resources_of("AWS::IAM::Policy").collect();
    let [(_, policy)] = policies.as_slice() else {
        panic!("one policy stands beside the roles: {policies:?}")
    };
    let statement = &policy["PolicyDocument"]["Statement"];
    assert_eq!(
        statement,
        &json!([{"Effect": "Allow", "Action": "bedrock:InvokeModel", "Resource": {"Fn::Split": [",", {"Ref": "BedrockModelArns"}]}}])
    );
    let whose = json!([{"Ref": "ApiRole"}, {"Ref": "ComposePulseRole"}]);
    assert_eq!(policy["Roles"], whose, "those who ask models");
    let resource = &template.document["Resources"]["AskBedrock"];
    assert_eq!(resource["Condition"], "HasBedrockModels", "nothing named, nothing allowed");
    assert_eq!(template.document["Parameters"]["BedrockModelArns"]["Default"], "");
}

#[test]
fn permissions_follow_the_environment() {
    let template = template();
    for function in &template.functions {
        let named: BTreeSet<_> = function
            .environment
            .values()
            .filter_map(|value| value["Ref"].as_str().map(str::to_owned))
            .collect();
        let queues: BTreeSet<_> = named.iter().filter(|name| template.queue(name).is_some()).cloned().collect();
        let folder = &function.folder;
        assert_eq!(
            may(&template, function, "sqs:SendMessage"),
            queues,
            "{folder}: it sends to the queues that its environment names, and to no other"
        );

        let read: BTreeSet<_> = function.trigger.iter().map(|trigger| trigger.queue.clone()).collect();
        for action in [
            "sqs:ReceiveMessage",
            "sqs:DeleteMessage",
            "sqs:ChangeMessageVisibility",
            "sqs:GetQueueAttributes",
        ] {
            assert_eq!(
                may(&template, function, action),
                read,
                "{folder}: {action} on its own queue, and on no other"
            );
        }
        if !may(&template, function, "dynamodb:GetItem").is_empty() {
            assert!(
                named.contains(&template.table.0),
                "{folder}: it may read the table and is not told its name"
            );
        }

        let resources = &template.document["Resources"];
        let role = &resources[&function.logical_id]["Properties"]["Role"];
        let opens_vault = resources[&template.key]["Properties"]["KeyPolicy"]["Statement"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|statement| statement["Action"] == "kms:Decrypt" && as_list(&statement["Principal"]["AWS"]).contains(&role));
        assert_eq!(
            opens_vault,
            named.contains(&template.key),
            "{folder}: VAULT_KEY_ID and the key policy's Open go together"
        );
    }
}

#[test]
fn secrets_come_from_parameters_that_are_not_shown() {
    let template = template();
    for function in &template.functions {
        for (name, value) in &function.environment {
            if !["SECRET", "TOKEN", "KEY_SHA256"].iter().any(|word| name.contains(word)) || name.ends_with("_URL") {
                continue;
            }
            let hidden = value["Ref"]
                .as_str()
                .is_some_and(|parameter| template.document["Parameters"][parameter]["NoEcho"] == true);
            let resolved = value["Fn::Sub"]
                .as_str()
                .is_some_and(|text| text.starts_with("{{resolve:secretsmanager:"));
            assert!(
                hidden || resolved,
                "{}: {name} is a secret and must be a NoEcho parameter or come from Secrets Manager",
                function.folder
            );
        }
    }
}

#[test]
fn every_function_is_started_by_something() {
    for function in template().functions {
        assert!(
            function.trigger.is_some() == function.routes.is_empty(),
            "{}: either a queue or routes start it",
            function.folder
        );
    }
}
