//! Where a reason is missing, the entry is listed among what is to be written later.

use crate::support::{Walker, run, shipped, text};

fn missing(line: &str) -> bool {
    let mut walker = Walker::through("saw");
    let number = walker.must(line).number;
    walker.incident.lacks_reason(number)
}

#[test]
fn a_skip_without_a_reason_is_listed_on_whatever_node() {
    for (_, node) in shipped().nodes() {
        let id = node.id();
        assert!(missing(&format!("skip {id}")), "{id}");
        assert!(!missing(&format!("skip {id} --why w")), "{id}");
    }
}

#[test]
fn a_no_to_a_duty_is_listed_without_a_reason_although_nothing_waits_for_it() {
    assert!(missing("choose D6 no"));
    assert!(!missing("choose D6 no --why w"));
    assert!(!missing("choose D6 yes"));
    let mut walker = Walker::through("saw");
    walker.must("choose D6 yes");
    let changed = walker.must("change D6 no").number;
    assert!(walker.incident.lacks_reason(changed));
}

#[test]
fn each_warning_of_the_shipped_flow_has_short_words_of_ours() {
    let data = tempfile::tempdir().unwrap();
    let output = run(data.path(), &["flow", "show", "--format", "json"], b"");
    let flow: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let steps = flow["steps"].as_array().unwrap();
    let texts = steps
        .iter()
        .flat_map(|step| step["texts"].as_array().unwrap());
    let mut warnings = 0;
    for piece in texts {
        if piece["kind"] == "dont" {
            warnings += 1;
            for language in ["ja", "en"] {
                let short = piece["short"][language].as_str().unwrap();
                assert!(short.chars().count() < 40, "{short}");
            }
        } else {
            assert!(piece["short"].is_null(), "{piece}");
        }
    }
    assert!(warnings > 0);
    let no = flow["decisions"].as_array().unwrap().iter();
    let mut no = no.flat_map(|decision| decision["options"].as_array().unwrap());
    assert!(no.any(|option| option["needs_reason"] == true));
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn short_words_in_one_language_only_are_refused() {
    let good = "short: (ja: \"電源は切らない（判断が難しいとき）\", en: \"Do NOT power off (if hard to judge)\")";
    let source = shodo::flow::SHIPPED[0].text;
    let bad = source.replacen(good, "short: (ja: \"電源は切らない\", en: \"\")", 1);
    assert_ne!(bad, source);
    let problems = shodo::flow::Flow::read(&bad).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].kind.key(), "problem-empty");
}
