//! Cron in five and six fields: what each accepts and refuses.

use super::*;

fn message(text: &str) -> String {
    text.parse::<Cron>().expect_err(text).to_string()
}

#[test]
fn accepted() {
    for text in [
        "0 9 * * 1-5",
        "*/15 9-17 * * mon-fri",
        "0 0 1,15 * 7",
        "5-59/15 * * jan,jul fri-sun",
        "0 9 31 * *",
        "0 9 29 2 *",
        "0 9 ? * MON-FRI *",
        "cron(0/15 * * * ? *)",
        "15 10 ? * 6L 2026-2030",
        "0 9 L * ? *",
        "0 9 15W * ? *",
        "0 9 ? * 6#5 2026/2",
        "0 9 ? 2 2#5 *",
    ] {
        let cron: Cron = text.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(cron.to_string().parse::<Cron>().unwrap(), cron);
    }
}

#[test]
fn refused_with_words() {
    let cases = [
        ("", "has neither five nor six fields"),
        ("@daily", "has neither five nor six fields"),
        ("cron(0 9 * * 1)", "does not have six fields"),
        ("60 9 * * *", "cron minutes \"60\" is outside 0-59; accepted are 0-59, *, lists"),
        ("0 9-24 * * *", "cron hours \"9-24\" is outside 0-23"),
        ("0 9 0 * *", "cron day-of-month \"0\" is outside 1-31"),
        (
            "0 9 * FEBRUARY *",
            "cron month \"FEBRUARY\" is not understood; accepted are 1-12 or JAN-DEC",
        ),
        ("0 9 * * 8", "cron day-of-week \"8\" is outside 0-7"),
        ("0 9 * * ?", "cron day-of-week \"?\" is not understood; accepted are 0-7"),
        ("5/15 * * * *", "has a step without a range (write 5-59/15)"),
        ("*/0 * * * *", "has a step that is not 1 or more"),
        ("0 22-2 * * *", "has a range that ends before it starts"),
        ("0 9 , * *", "cron day-of-month \",\" is not understood"),
        ("0 9 -1 * *", "cron day-of-month \"-1\" is not understood"),
        ("0 9 30 2 *", "cron \"0 9 30 2 *\" can never fire"),
        ("0 9 31 2,4,6,9,11 ? *", "can never fire"),
        ("0 9 29 2 ? 2027", "can never fire"),
        ("0 9 * * * *", "must have ? in exactly one of the two"),
        ("0 9 ? * ? *", "must have ? in exactly one of the two"),
        (
            "0 9 ? * 0 *",
            "cron day-of-week \"0\" is outside 1-7; accepted are 1-7 (Sunday is 1)",
        ),
        ("0 9 LW * ? *", "for the last working day use monthly with skip and then: previous"),
        ("0 9 L-3 * ? *", "cron day-of-month \"L-3\" is not understood"),
        ("0 9 ? * 6#6 *", "cron day-of-week \"6#6\" is not understood"),
        ("0 9 ? * 3#1,6#3 *", "is not understood"),
        ("0 9 1 * ? 2200", "cron year \"2200\" is outside 1970-2199"),
        ("0 9 1 * ? 1969", "is outside 1970-2199"),
    ];
    for (text, expected) in cases {
        assert!(
            message(text).contains(expected),
            "{text}\n  said: {}\n  not:  {expected}",
            message(text)
        );
    }
    let long = format!("{} * * * *", vec!["0"; 200].join(","));
    assert!(message(&long).contains("at most 250 characters"));
}

#[test]
fn both_day_fields_restricted_is_either_and_a_star_is_both() {
    let days = |cron: &str| -> Vec<String> {
        let schedule = yaml(&format!("cron: {cron}\ntime_zone: UTC"));
        schedule
            .occurrences(time("2026-11-01T00:00:00Z"))
            .take(4)
            .map(|o| o.local.strftime("%a %d").to_string())
            .collect()
    };
    assert_eq!(days("0 9 13 * 5"), ["Fri 06", "Fri 13", "Fri 20", "Fri 27"]);
    assert_eq!(days("0 9 14 * 5"), ["Fri 06", "Fri 13", "Sat 14", "Fri 20"]);
    assert_eq!(days("0 9 */10 * 5"), ["Fri 11", "Fri 01", "Fri 21", "Fri 11"]);
    assert_eq!(days("0 9 * * sun"), days("0 9 * * 7"));
    assert_eq!(days("0 9 1W * ? *"), ["Mon 02", "Tue 01", "Fri 01", "Mon 01"]);
    assert_eq!(
        days("0 9 1W 8 ? *"),
        ["Mon 02", "Tue 01", "Wed 01", "Thu 01"],
        "1 August 2027 is a Sunday"
    );
    assert_eq!(days("0 9 1W 5 ? *")[..2], ["Mon 03", "Mon 01"], "1 May 2027 is a Saturday");
    assert_eq!(days("0 9 31W 1 ? *")[..2], ["Fri 29", "Mon 31"], "31 January 2027 is a Sunday");
    assert_eq!(days("0 9 ? * 6#3 *"), ["Fri 20", "Fri 18", "Fri 15", "Fri 19"]);
    assert_eq!(days("0 9 ? * 6L *"), ["Fri 27", "Fri 25", "Fri 29", "Fri 26"]);
    assert_eq!(days("0 9 ? * L *"), ["Sat 07", "Sat 14", "Sat 21", "Sat 28"]);
}
