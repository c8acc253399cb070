//! Documents: what is in the file, and that it is the same file every time.

use super::cases;
use crate::{Paper, Pdf, RenderOptions, Renderer, Sheet, Theme};
use lopdf::{Document, Object};
use sha2::{Digest, Sha256};
use std::process::{Command, Stdio};

fn set(name: &str) -> Pdf {
    let case = cases::all()
        .into_iter()
        .find(|case| case.name == name)
        .expect("a case of this name");
    Renderer::new(None)
        .pdf_rows(&case.rows, &case.spec, &RenderOptions::default(), &sheet(name))
        .expect("a document")
}

fn sheet(title: &str) -> Sheet {
    Sheet {
        paper: Paper::A4,
        title: title.to_owned(),
        language: "en".to_owned(),
        created_at: "2026-10-31T07:00:00Z".parse().expect("a time"),
    }
}

#[test]
fn a_document_is_one_page_with_its_fonts_in_it() {
    let pdf = set("line-compare");
    let document = Document::load_mem(&pdf.bytes).expect("a PDF that a stranger reads");
    let pages = document.get_pages();
    assert_eq!((pages.len(), pdf.pages), (1, 1));
    let page = document.get_dictionary(pages[&1]).expect("a page");
    let media_box = page.get(b"MediaBox").and_then(Object::as_array).expect("its size");
    assert_eq!(media_box[2].as_float().expect("a width").round(), 842.0, "A4, laid across");
    let mut fonts = 0;
    for object in document.objects.values() {
        let Ok(dictionary) = object.as_dict() else { continue };
        if dictionary.get(b"Type").and_then(Object::as_name).ok() == Some(b"FontDescriptor") {
            let file = dictionary
                .get(b"FontFile2")
                .and_then(Object::as_reference)
                .expect("the font's file");
            let file = document.get_object(file).and_then(Object::as_stream).expect("a stream");
            let bytes = file.decompressed_content().expect("readable");
            assert!(bytes.len() < 40_000, "cut down: {} bytes", bytes.len());
            fonts += 1;
        }
    }
    assert_eq!(fonts, 3, "regular, semi-bold and bold");
    let text = document.extract_text(&[1]).expect("text");
    let text: String = text.split_whitespace().collect();
    for words in ["Dailyrevenue", "$28.6k", "Oct30"] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let info = document
        .trailer
        .get(b"Info")
        .and_then(Object::as_reference)
        .expect("what it says of itself");
    let info = document.get_dictionary(info).expect("a dictionary");
    assert_eq!(
        info.get(b"CreationDate").and_then(Object::as_str).ok(),
        Some(&b"D:20261031070000Z"[..])
    );
}

#[test]
fn the_same_chart_is_the_same_file_from_any_renderer() {
    let mut used = Renderer::new(None);
    for case in cases::all() {
        let options = RenderOptions {
            theme: Theme::Dark,
            ..RenderOptions::default()
        };
        let document = |renderer: &mut Renderer| {
            renderer
                .pdf_rows(&case.rows, &case.spec, &options, &sheet(case.name))
                .expect("a document")
        };
        let first = document(&mut used);
        assert!(
            first == document(&mut used) && first == document(&mut Renderer::new(None)),
            "{}",
            case.name
        );
        assert!(first.bytes.len() < 150_000, "{}: {} bytes", case.name, first.bytes.len());
        Document::load_mem(&first.bytes).expect("a PDF");
    }
}

/// Another process, and a release build, must come to the same bytes. After an intended change, look at
/// `cargo run -p chart --example documents -- DIR` first.
#[test]
fn a_document_is_as_it_was() {
    let hash = |name: &str| -> String {
        Sha256::digest(set(name).bytes)[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    };
    assert_eq!(hash("line-compare"), "95159fc4af55716f");
}

#[test]
fn a_long_table_goes_on_over_the_page_under_the_same_heading() {
    let days = 200;
    let rows = cases::rows(vec![
        ("Day", None, cases::days(jiff::civil::date(2026, 1, 1), days)),
        ("Orders", None, domain::dataset::Values::Number(cases::wander(days, 4_000, 90))),
    ]);
    let spec = r#"{"mark": "table", "title": "Orders by day", "encoding": {"x": {"field": "Day"}, "y": {"field": "Orders"}}}"#;
    let spec = serde_json::from_str(spec).expect("a spec");
    let pdf = Renderer::new(None)
        .pdf_rows(&rows, &spec, &RenderOptions::default(), &sheet("table"))
        .expect("a document");
    let document = Document::load_mem(&pdf.bytes).expect("a PDF");
    let pages = document.get_pages();
    assert!(pages.len() > 2 && pages.len() == pdf.pages, "{} pages", pages.len());
    for page in pages.keys() {
        let text: String = document.extract_text(&[*page]).expect("text").split_whitespace().collect();
        assert!(
            text.contains("Ordersbyday") && text.matches("Orders").count() > 1,
            "page {page}: {text}"
        );
    }
}

#[test]
fn people_print_on_the_paper_that_they_have() {
    for (locale, paper) in [
        ("en", Paper::A4),
        ("en-US", Paper::Letter),
        ("es-MX", Paper::Letter),
        ("de", Paper::A4),
        ("zh-Hans-CN", Paper::A4),
    ] {
        assert_eq!(Paper::of(locale), paper, "{locale}");
    }
}

/// With the fonts that are shipped: what a reader copies is what was written, also from the right and with ligatures.
#[test]
fn text_of_every_script_is_copied_as_it_was_written() {
    let fonts = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../functions/render-chart/fonts");
    if !fonts.exists() || Command::new("pdftotext").arg("-v").stderr(Stdio::null()).status().is_err() {
        println!("skipped: no fonts or no pdftotext on this machine");
        return;
    }
    let mut renderer = Renderer::new(Some(fonts));
    let case = cases::all().into_iter().find(|case| case.name == "line-scripts").expect("a case");
    let pdf = renderer
        .pdf_rows(&case.rows, &case.spec, &RenderOptions::default(), &sheet("scripts"))
        .expect("a document");
    assert_eq!(pdf.unprintable, Vec::<char>::new());
    let path = std::env::temp_dir().join(format!("chart-scripts-{}.pdf", std::process::id()));
    std::fs::write(&path, &pdf.bytes).expect("written");
    let copied = Command::new("pdftotext").arg(&path).arg("-").output().expect("copied");
    std::fs::remove_file(&path).expect("removed");
    let copied = String::from_utf8(copied.stdout).expect("text");
    let written = |wanted: &str| copied.contains(wanted);
    for wanted in ["مبيعات", "按地区销售额", "Sales", "🚀", "Ελλάδα", "Україна", "हिन्दी", "ไทย"]
    {
        assert!(written(wanted), "{wanted} in {copied}");
    }
}
