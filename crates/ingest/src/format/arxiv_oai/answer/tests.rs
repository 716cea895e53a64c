use super::*;

const PAGE: &[u8] = include_bytes!("../../../../../../seeds/formats/arxiv-oai/arxiv.xml");
const ERROR: &[u8] = include_bytes!("../../../../../../seeds/formats/arxiv-oai/error.xml");

fn read(body: &str) -> Result<Answer, AnswerError> {
    Answer::read(body.as_bytes(), u64::MAX)
}

fn list(inner: &str) -> String {
    format!("<OAI-PMH><ListRecords>{inner}</ListRecords></OAI-PMH>")
}

fn record(day: &str) -> String {
    format!(
        "<record><header><identifier>a</identifier><datestamp>{day}</datestamp></header></record>"
    )
}

#[test]
fn a_page() {
    let answer = Answer::read(PAGE, u64::MAX).unwrap();
    assert_eq!(answer.responded, Date::parse("2020-01-01"));
    assert_eq!(answer.n_records, 3);
    assert_eq!(
        answer.days.unwrap().latest,
        Date::parse("2020-01-02").unwrap()
    );
    assert_eq!(answer.token.as_deref(), Some("6511260|1001"));
    assert_eq!(answer.list_size, Some(3));
    assert_eq!(answer.error, None);
    assert!(answer.surplus.is_empty());
}

#[test]
fn an_error() {
    let error = Answer::read(ERROR, u64::MAX).unwrap().error.unwrap();
    assert_eq!(error.code, "badResumptionToken");
    assert_eq!(error.message, "The token has expired");
    // As arXiv puts it.
    let said = "The request includes illegal arguments, is missing required arguments, includes a \
                repeated argument, or values for arguments have an illegal syntax. Reason:\n \
                until date must be greater than or equal to from date";
    let text = format!("<OAI-PMH><error code='badArgument'>{said}</error></OAI-PMH>");
    let error = read(&text).unwrap().error.unwrap();
    assert!(
        error
            .message
            .ends_with("Reason: until date must be greater than or equal to from date")
    );
}

#[test]
fn what_is_no_answer() {
    let is_not_oai =
        |body: &[u8]| matches!(Answer::read(body, u64::MAX), Err(AnswerError::NotOai(_)));
    assert!(is_not_oai(b""));
    assert!(is_not_oai(b"Rate exceeded."));
    assert!(is_not_oai(b"<!DOCTYPE html><html><body>503</body></html>"));
    assert!(is_not_oai(b"{}"));
    assert!(matches!(
        read("<OAI-PMH></OAI-PMH>"),
        Err(AnswerError::Empty)
    ));
    assert!(read("<OAI-PMH><ListRecords/></OAI-PMH>").is_ok());
}

/// Wherever it ends too early, it is not taken: the token would be missing,
/// and the list look complete.
#[test]
fn every_beginning_of_a_page_is_cut_short() {
    let text = std::str::from_utf8(PAGE).unwrap().trim_end();
    for end in 0..text.len() {
        assert!(read(&text[..end]).is_err(), "{end}");
    }
    assert!(read(text).is_ok());
}

#[test]
fn a_record_without_end_does_not_swallow_the_token() {
    let token = "<resumptionToken>t</resumptionToken>";
    for lost in ["<record><header>", "<record>", "<record><header></record>"] {
        let answer = read(&list(&format!("{}{lost}{token}", record("2020-01-01")))).unwrap();
        assert_eq!(answer.token.as_deref(), Some("t"), "{lost}");
        assert_eq!(answer.n_records, 2, "{lost}");
    }
    let unclosed = list("<resumptionToken>t");
    assert!(matches!(read(&unclosed), Err(AnswerError::Token(_))));
}

#[test]
fn tokens_are_unescaped_once_and_bounded() {
    let token = |text: &str| read(&list(&format!("<resumptionToken>{text}</resumptionToken>")));
    let text = |text: &str| token(text).unwrap().token;
    assert_eq!(text("\n a&amp;b%3D \n").as_deref(), Some("a&b%3D"));
    assert_eq!(text(""), None);
    assert_eq!(read(&list("<resumptionToken/>")).unwrap().token, None);
    assert!(token(&"x".repeat(MAX_TOKEN_BYTES + 1)).is_err());
}

#[test]
fn days_are_in_order_or_not() {
    let days = |days: &[&str]| {
        let records: String = days.iter().map(|day| record(day)).collect();
        read(&list(&records)).unwrap().days
    };
    let sorted = days(&["2020-01-01", "2020-01-03T10:00:00Z", "2020-01-03"]).unwrap();
    assert!(sorted.ascending);
    assert_eq!(sorted.last.to_string(), "2020-01-03");
    let mixed = days(&["2020-01-02", "2020-01-05", "2020-01-03"]).unwrap();
    assert!(!mixed.ascending);
    assert_eq!(mixed.latest.to_string(), "2020-01-05");
    assert!(!sorted.followed_by(mixed).ascending);
    // What is no day says nothing.
    assert_eq!(days(&["soon", "2020"]), None);
}

#[test]
fn what_is_too_many_can_be_cut_out() {
    let text = list(&format!(
        "{} {} {}<resumptionToken>t</resumptionToken>",
        record("2020-01-01"),
        record("2020-01-02"),
        record("2020-01-03")
    ));
    let answer = Answer::read(text.as_bytes(), 1).unwrap();
    assert_eq!(answer.n_records, 3);
    let mut cut = text.clone();
    cut.replace_range(answer.surplus, "");
    let answer = read(&cut).unwrap();
    assert_eq!(answer.n_records, 1);
    assert_eq!(answer.days.unwrap().last.to_string(), "2020-01-01");
    assert_eq!(answer.token.as_deref(), Some("t"));
    assert!(Answer::read(text.as_bytes(), 3).unwrap().surplus.is_empty());
}
