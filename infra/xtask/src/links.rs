//! Links of our documents to our own files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::{Outcome, workspace_dir};

/// Every `[text](path)` of every Markdown file leads somewhere.
pub fn run() -> Outcome {
    let mut documents = Vec::new();
    collect(workspace_dir(), &mut documents);
    let mut broken = Vec::new();
    for document in &documents {
        let text = fs::read_to_string(document).map_err(|e| format!("{} cannot be read: {e}", document.display()))?;
        let folder = document.parent().unwrap_or(workspace_dir());
        broken.extend(targets(&text).filter(|target| !folder.join(target).exists()).map(|target| {
            format!(
                "{}: {target} does not exist",
                document.strip_prefix(workspace_dir()).unwrap_or(document).display()
            )
        }));
    }
    if broken.is_empty() {
        println!("links: {} documents are sound", documents.len());
        return Ok(());
    }
    Err(format!("Mend these links:\n  {}", broken.join("\n  ")))
}

/// Markdown files outside of hidden folders and `target/`.
fn collect(folder: &Path, documents: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if path.is_dir() && !name.starts_with('.') && name != "target" {
            collect(&path, documents);
        } else if name.ends_with(".md") {
            documents.push(path);
        }
    }
}

/// The paths that a text links to, without addresses on the web and without `#section`.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split([')', ' ', '\n']).next())
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .filter_map(|target| target.split('#').next())
        .filter(|path| !path.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_paths_are_followed() {
        let text = "[a](docs/a.md#part) ![p](p.png \"title\") [w](https://example.com/x) [s](#here) [m](mailto:a@example.com)";
        assert_eq!(targets(text).collect::<Vec<_>>(), ["docs/a.md", "p.png"]);
    }
}
