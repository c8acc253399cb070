//! The rules of ARCHITECTURE.md about who may know whom. What clippy.toml forbids (clock, environment, HTTP clients) is not repeated here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use local::template::{Template, workspace_dir};

/// Which of our libraries each library may use. Functions may use all of them; `infra/local` and `tests` everything.
const LIBRARIES: [(&str, &[&str]); 9] = [
    ("domain", &[]),
    ("chart", &["domain"]),
    ("insight", &["domain"]),
    ("store", &["domain"]),
    ("vault", &["domain"]),
    ("runtime", &["domain"]),
    ("sources", &["domain", "vault"]),
    ("model", &["domain", "runtime"]),
    // `runtime`: the senders' queue loop is written once, in delivery::sender.
    ("delivery", &["domain", "store", "vault", "runtime"]),
];

/// Which crates may speak to which service of AWS.
const AWS_SDK: [(&str, &[&str]); 4] = [
    ("store", &["dynamodb", "s3"]),
    ("vault", &["kms"]),
    ("runtime", &["sqs"]),
    ("api", &["scheduler"]),
];

fn metadata() -> Metadata {
    let mut command = MetadataCommand::new();
    command.manifest_path(workspace_dir().join("Cargo.toml"));
    command.no_deps().exec().expect("cargo knows its own workspace")
}

fn folder(package: &Package) -> &Path {
    package.manifest_path.parent().expect("a manifest is in a folder").as_std_path()
}

fn is_function(package: &Package) -> bool {
    folder(package).starts_with(workspace_dir().join("functions"))
}

/// What a package uses when it is built for others: no tests, no build scripts.
fn uses(package: &Package) -> impl Iterator<Item = &str> {
    package
        .dependencies
        .iter()
        .filter(|d| d.kind == DependencyKind::Normal)
        .map(|d| d.name.as_str())
}

fn assert_none(broken: &[String], instead: &str) {
    assert!(broken.is_empty(), "\n  {}\n{instead}", broken.join("\n  "));
}

#[test]
fn libraries_know_only_what_is_below_them() {
    let metadata = metadata();
    let known: BTreeMap<_, _> = LIBRARIES.into_iter().collect();
    let ours: BTreeSet<_> = metadata
        .workspace_packages()
        .iter()
        .map(|package| package.name.to_string())
        .collect();
    let mut broken = Vec::new();
    for package in metadata.workspace_packages() {
        let may = match known.get(package.name.as_str()) {
            Some(may) => *may,
            None if is_function(package) => &known.keys().copied().collect::<Vec<_>>(),
            None => continue,
        };
        for name in uses(package).filter(|name| ours.contains(*name) && !may.contains(name)) {
            broken.push(format!("{} uses {name}; it may use {may:?}", package.name));
        }
    }
    assert_none(
        &broken,
        "Functions meet in domain::message, never by calling each other. What two libraries both need belongs in `domain`, or comes in as an argument.",
    );
}

#[test]
fn every_library_is_listed_here() {
    let listed: BTreeSet<_> = LIBRARIES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(
        folders("shared"),
        listed,
        "shared/ and LIBRARIES in this file differ: decide what the new library may know."
    );
}

#[test]
fn pure_libraries_have_no_aws_no_async_no_network() {
    const IMPURE: [&str; 12] = [
        "tokio",
        "async-std",
        "smol",
        "futures-executor",
        "hyper",
        "reqwest",
        "ureq",
        "rustls",
        "lambda_runtime",
        "lambda_http",
        "getrandom",
        "rand",
    ];
    let mut broken = Vec::new();
    for name in ["domain", "chart", "insight"] {
        for used in below(name)
            .iter()
            .filter(|used| IMPURE.contains(&used.as_str()) || used.starts_with("aws-"))
        {
            broken.push(format!(
                "{name} stands on {used}; `cargo tree -p {name} -e normal -i {used}` shows through whom"
            ));
        }
    }
    assert_none(
        &broken,
        "domain, chart and insight turn values into values: no I/O, no clock, no randomness, no runtime. Do that part in a function, `sources`, `store` or \
         `delivery`, and hand the result in as an argument.",
    );
}

/// Everything a package is built from. `cargo metadata` would also list what optional features only mention.
fn below(name: &str) -> BTreeSet<String> {
    let mut tree = std::process::Command::new("cargo");
    tree.args([
        "tree",
        "--offline",
        "--edges",
        "normal",
        "--prefix",
        "none",
        "--format",
        "{p}",
        "--package",
        name,
    ]);
    let output = tree.current_dir(workspace_dir()).output().expect("cargo can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("cargo writes UTF-8");
    text.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

#[test]
fn each_aws_service_has_one_home() {
    let metadata = metadata();
    let homes: BTreeMap<_, _> = AWS_SDK.into_iter().collect();
    let mut broken = Vec::new();
    for package in metadata.workspace_packages() {
        if !is_function(package) && !LIBRARIES.iter().any(|(name, _)| package.name == *name) {
            continue;
        }
        let services = homes.get(package.name.as_str()).copied().unwrap_or_default();
        for service in uses(package)
            .filter_map(|name| name.strip_prefix("aws-sdk-"))
            .filter(|service| !services.contains(service))
        {
            broken.push(format!("{} uses aws-sdk-{service}", package.name));
        }
    }
    assert_none(
        &broken,
        "The table and the bucket are reached through `store`, keys through `vault`, queues through runtime::sqs, schedules through `api`. Add a function there.",
    );
}

#[test]
fn only_main_knows_lambda() {
    let mut broken = Vec::new();
    for file in sources(&["functions", "shared"]) {
        let text = fs::read_to_string(&file).expect("a source file is text");
        let code = text.lines().map(str::trim_start).filter(|line| !line.starts_with("//"));
        let named = code
            .into_iter()
            .any(|line| line.contains("lambda_runtime") || line.contains("lambda_http"));
        if named && !file.ends_with("src/main.rs") {
            broken.push(relative(&file));
        }
    }
    assert_none(
        &broken,
        "lambda_runtime and lambda_http stand in main.rs only: lib.rs takes events as values and does not know who calls it, so that `cargo local` can.",
    );
}

#[test]
fn files_stay_readable() {
    const MAIN_LINES_MAX: usize = 20;
    const LINES_MAX: usize = 400;
    const SAYS_NOTHING: [&str; 6] = ["utils", "util", "helpers", "helper", "common", "manager"];
    let mut broken = Vec::new();
    for file in sources(&["functions", "shared", "infra", "tests"]) {
        let text = fs::read_to_string(&file).expect("a source file is text");
        let is_main = file.starts_with(workspace_dir().join("functions")) && file.ends_with("src/main.rs");
        let lines_max = if is_main { MAIN_LINES_MAX } else { LINES_MAX };
        let lines = text.lines().count();
        // A generated file is read by nobody; it says in its first line what makes it.
        let generated = text.lines().next().is_some_and(|line| line.to_lowercase().contains("generated"));
        if lines > lines_max && !generated {
            broken.push(format!("{} has {lines} lines of {lines_max}", relative(&file)));
        }
        if file
            .with_extension("")
            .components()
            .any(|part| SAYS_NOTHING.iter().any(|word| part.as_os_str() == *word))
        {
            broken.push(format!("{} has a name that says nothing", relative(&file)));
        }
    }
    assert_none(
        &broken,
        "Split by noun and name the file after it. main.rs starts the runtime and calls one function of lib.rs; the rest belongs there.",
    );
}

#[test]
fn a_folder_is_a_function_is_a_binary() {
    let template = Template::read().expect("template.yaml can be read");
    let in_template: BTreeSet<_> = template.functions.iter().map(|function| function.folder.clone()).collect();
    assert_eq!(
        folders("functions"),
        in_template,
        "functions/ (left) and template.yaml (right) differ: each folder needs its AWS::Serverless::Function, each of those its folder."
    );

    let metadata = metadata();
    let mut broken = Vec::new();
    for package in metadata.workspace_packages().into_iter().filter(|package| is_function(package)) {
        let folder = folder(package);
        let name = folder.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let has_binary = package.targets.iter().any(|target| target.is_bin() && target.name == name);
        if package.name != name || !has_binary {
            broken.push(format!(
                "functions/{name}: package {}, binaries {:?}",
                package.name,
                package.targets.iter().filter(|t| t.is_bin()).count()
            ));
        }
        if !folder.join("README.md").exists() {
            broken.push(format!(
                "functions/{name} has no README.md: ten lines on what starts it, what it does, what it leaves behind"
            ));
        }
    }
    for (id, resource) in template.document["Resources"].as_object().into_iter().flatten() {
        let binary = &resource["Metadata"]["BuildProperties"]["Binary"];
        let code_uri = resource["Properties"]["CodeUri"].as_str().unwrap_or_default();
        if resource["Type"] == "AWS::Serverless::Function" && binary.as_str().map(|b| format!("functions/{b}")).as_deref() != Some(code_uri)
        {
            broken.push(format!("template.yaml: {id} builds {binary} from {code_uri}"));
        }
    }
    assert_none(&broken, "The folder's name is the package's, the binary's and the function's.");
}

fn folders(parent: &str) -> BTreeSet<String> {
    let entries = fs::read_dir(workspace_dir().join(parent)).expect("the folder is there").flatten();
    let crates = entries.filter(|entry| entry.path().join("Cargo.toml").exists());
    crates.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// Every Rust file below these folders.
fn sources(parents: &[&str]) -> Vec<PathBuf> {
    let mut open: Vec<_> = parents.iter().map(|parent| workspace_dir().join(parent)).collect();
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for path in fs::read_dir(&folder)
            .expect("a folder can be listed")
            .flatten()
            .map(|entry| entry.path())
        {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(!files.is_empty(), "no source files below {parents:?}");
    files
}

fn relative(file: &Path) -> String {
    file.strip_prefix(workspace_dir()).unwrap_or(file).display().to_string()
}
