//! `template.yaml` on the emulator as `sam deploy` would put it on AWS: code in S3, CloudFormation with the SAM transform, Lambda running the binaries.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use local::emulator::{Emulator, EmulatorOptions};
use local::template::{Template, workspace_dir};
use reqwest::Client;
use runtime::Env;

/// The emulator needs about a second; a slow machine may need ten.
const CREATED_WITHIN: Duration = Duration::from_secs(60);
const NAME: &str = "deploytest";

/// Where the emulator, which enforces permissions, is not AWS.
const EMULATOR_DIFFERS: [(&str, &str); 3] = [
    // It speaks plain HTTP.
    ("aws:SecureTransport: \"false\"", "aws:SecureTransport: \"not here\""),
    // AWS knows no such action: SendMessage covers the batch.
    ("Action: sqs:SendMessage,", "Action: [sqs:SendMessage, sqs:SendMessageBatch],"),
    // Any zip will do: this test's chart is in English, and a folder without fonts does no harm.
    (
        "ContentUri: functions/render-chart/fonts",
        "ContentUri: {Bucket: code, Key: render-chart.zip}",
    ),
];

/// A stack that is deployed; it goes with its emulator.
pub struct Stack {
    pub http: Client,
    pub emulator: Emulator,
    /// The template's Outputs.
    pub outputs: BTreeMap<String, String>,
}

impl Stack {
    /// Deploys with these parameters, the machine's own architecture among them.
    pub async fn deploy(http: Client, parameters: &[(&str, &str)]) -> Self {
        // In a folder of its own, so that the functions' logs are there to read when something fails.
        let state_dir = workspace_dir().join("target/deploy-test/emulator");
        let _there_was_none = fs::remove_dir_all(&state_dir);
        eprintln!("the functions' logs: {}", state_dir.join("emulator.log").display());
        let options = EmulatorOptions {
            full: true,
            state_dir: Some(state_dir),
            ..EmulatorOptions::default()
        };
        let start = move || Emulator::start(&options, &mut |line| eprintln!("{line}"));
        let emulator = tokio::task::spawn_blocking(start)
            .await
            .expect("starting does not panic")
            .expect("the emulator starts");
        let mut stack = Self {
            http,
            emulator,
            outputs: BTreeMap::new(),
        };
        let template = stack.package().await;
        stack.create(template, parameters).await;
        stack
    }

    /// Where the deployed HTTP API answers. Names below .localhost are not resolved on every machine; the path leads there too.
    pub fn http_api(&self) -> String {
        format!("{}/_aws/execute-api/{}/$default", self.emulator.endpoint, self.outputs["HttpApiId"])
    }

    /// Nothing was given up.
    pub async fn assert_no_dead_letters(&self) {
        let resources = self.cloud_formation("ListStackResources", &[]).await;
        let queues = between(&resources, "<PhysicalResourceId>", "</PhysicalResourceId>").filter(|id| id.contains("DeadLetters"));
        let urls: Vec<_> = queues.filter(|id| id.starts_with("http")).collect();
        assert_eq!(urls.len(), 6, "{resources}");
        for url in urls {
            let form = [
                ("Action", "GetQueueAttributes"),
                ("Version", "2012-11-05"),
                ("QueueUrl", url),
                ("AttributeName.1", "All"),
            ];
            let answer = self
                .http
                .post(&self.emulator.endpoint)
                .header("authorization", scope("sqs"))
                .form(&form)
                .send()
                .await;
            let text = answer.expect("SQS answers").text().await.expect("SQS answers with text");
            assert!(
                text.contains("<Name>ApproximateNumberOfMessages</Name><Value>0</Value>"),
                "{url}: {text}"
            );
        }
    }

    /// What `sam package` does: one zip per function into S3, and CodeUri points there. Gives the template's address.
    async fn package(&self) -> String {
        let s3 = self.s3();
        s3.create_bucket().bucket("code").send().await.expect("a bucket for the code");
        let put = async |key: String, bytes: Vec<u8>| {
            s3.put_object()
                .bucket("code")
                .key(key)
                .body(bytes.into())
                .send()
                .await
                .expect("the code is uploaded");
        };
        let mut text = fs::read_to_string(workspace_dir().join("template.yaml")).expect("the template is there");
        for function in Template::read().expect("the template can be read").functions {
            let folder = function.folder;
            let zip = fs::read(zipped(&folder)).expect("the zip was just made");
            put(format!("{folder}.zip"), zip).await;
            let (from, to) = (
                format!("CodeUri: functions/{folder}\n"),
                format!("CodeUri: {{Bucket: code, Key: {folder}.zip}}\n"),
            );
            assert!(text.contains(&from), "template.yaml has no line {from:?}");
            text = text.replace(&from, &to);
        }
        for (aws, emulator) in EMULATOR_DIFFERS {
            assert!(text.contains(aws), "template.yaml has no {aws:?}");
            text = text.replace(aws, emulator);
        }
        put("template.yaml".to_owned(), text.into_bytes()).await;
        format!("{}/code/template.yaml", self.emulator.endpoint)
    }

    fn s3(&self) -> aws_sdk_s3::Client {
        let env = Env::from_map([
            ("AWS_REGION", "us-east-1"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_ENDPOINT_URL", &self.emulator.endpoint),
        ]);
        let sdk = runtime::aws::sdk_config(&env).expect("four settings");
        let path_style = aws_sdk_s3::config::Builder::from(&sdk).force_path_style(true).build();
        aws_sdk_s3::Client::from_conf(path_style)
    }

    async fn create(&mut self, template_url: String, parameters: &[(&str, &str)]) {
        let architecture = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" };
        let mut form = vec![
            ("TemplateURL".to_owned(), template_url),
            ("Capabilities.member.1".to_owned(), "CAPABILITY_IAM".to_owned()),
            ("Capabilities.member.2".to_owned(), "CAPABILITY_AUTO_EXPAND".to_owned()),
        ];
        for (index, (name, value)) in [("Architecture", architecture)].iter().chain(parameters).enumerate() {
            form.push((format!("Parameters.member.{}.ParameterKey", index + 1), (*name).to_owned()));
            form.push((format!("Parameters.member.{}.ParameterValue", index + 1), (*value).to_owned()));
        }
        self.cloud_formation("CreateStack", &form).await;

        let mut tick = tokio::time::interval(Duration::from_millis(100));
        let finished = async {
            loop {
                tick.tick().await;
                let stack = self.cloud_formation("DescribeStacks", &[]).await;
                let status = between(&stack, "<StackStatus>", "</StackStatus>").next().unwrap_or_default();
                if !status.ends_with("IN_PROGRESS") {
                    return (status.to_owned(), stack);
                }
            }
        };
        let (status, stack) = tokio::time::timeout(CREATED_WITHIN, finished)
            .await
            .expect("the stack is created in time");
        if status != "CREATE_COMPLETE" {
            let events = self.cloud_formation("DescribeStackEvents", &[]).await;
            let reasons: Vec<_> = between(&events, "<ResourceStatusReason>", "</ResourceStatusReason>").collect();
            panic!("{status}: {reasons:#?}");
        }
        let names = between(&stack, "<OutputKey>", "</OutputKey>").map(str::to_owned);
        let values = between(&stack, "<OutputValue>", "</OutputValue>").map(str::to_owned);
        self.outputs = names.zip(values).collect();
    }

    /// One action; the SDK for CloudFormation would be compiled for three of them.
    async fn cloud_formation(&self, action: &str, arguments: &[(String, String)]) -> String {
        let mut form = vec![("Action", action), ("Version", "2010-05-15"), ("StackName", NAME)];
        form.extend(arguments.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let request = self
            .http
            .post(&self.emulator.endpoint)
            .header("authorization", scope("cloudformation"))
            .form(&form);
        let answer = request.send().await.expect("CloudFormation answers");
        let status = answer.status();
        let text = answer.text().await.expect("CloudFormation answers with text");
        assert!(status.is_success(), "{action}: {status} {text}");
        text
    }
}

/// Emulators find the service in the credential's scope and check no signature.
fn scope(service: &str) -> String {
    format!("AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0")
}

/// `target/deploy-test/<folder>.zip` with the released binary as `bootstrap`. Python, which the emulator needs anyway, keeps its executable bit.
fn zipped(folder: &str) -> PathBuf {
    let binary = workspace_dir().join("target/release").join(folder);
    assert!(
        binary.exists(),
        "{} is not built: run `cargo x deploy-test`, which builds it first",
        binary.display()
    );
    let package = workspace_dir().join("target/deploy-test").join(folder);
    fs::create_dir_all(&package).expect("target/ can be written");
    fs::copy(&binary, package.join("bootstrap")).expect("the binary can be copied");
    let zip = package.with_extension("zip");
    run(
        Command::new("python3").args(["-m", "zipfile", "-c"]).arg(&zip).arg("bootstrap"),
        &package,
    );
    zip
}

fn run(command: &mut Command, folder: &Path) {
    let status = command.current_dir(folder).status().expect("the program is installed");
    assert!(status.success(), "{command:?} ended with {status}");
}

fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    text.split(start).skip(1).filter_map(move |rest| rest.split(end).next())
}
