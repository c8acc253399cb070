//! What neither the compiler nor the tests look at: the template as AWS reads it, and the documents' links.

use crate::links;
use crate::python;
use crate::run::{self, Outcome, command};

/// cfn-lint, `sam validate --lint`, links.
pub fn run() -> Outcome {
    links::run()?;
    let tools = python::tools()?;
    run::run(
        command(tools.join("cfn-lint")).arg("template.yaml"),
        "Mend template.yaml where cfn-lint says above.",
    )?;
    println!("cfn-lint: template.yaml is clean");
    let mut sam = command(tools.join("sam"));
    sam.args(["validate", "--lint", "--template-file", "template.yaml", "--region", "us-east-1"])
        .env("SAM_CLI_TELEMETRY", "0")
        // It wants to know whose template it is, and asks nobody: no credentials are needed.
        .env_remove("AWS_PROFILE");
    run::run(&mut sam, "Mend template.yaml where sam says above.")
}
