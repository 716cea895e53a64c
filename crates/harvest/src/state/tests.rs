use super::*;

fn order(from: Option<&str>, until: Option<&str>, set: Option<&str>) -> Order {
    Order {
        url: "https://a.org/oai".to_owned(),
        metadata_prefix: "arXiv".to_owned(),
        set: set.map(str::to_owned),
        from: from.and_then(Date::parse),
        until: until.and_then(Date::parse),
    }
}

#[test]
fn a_wider_order_covers_a_narrower_one() {
    let all = order(None, None, None);
    let since = order(Some("2024-02"), None, None);
    let span = order(Some("2024-02-01"), Some("2024"), None);
    let set = order(Some("2024-02-01"), None, Some("cs"));
    for narrow in [&all, &since, &span, &set] {
        assert!(all.covers(narrow));
    }
    assert!(since.covers(&span) && since.covers(&set));
    assert!(!since.covers(&all) && !span.covers(&since) && !set.covers(&since));
    assert!(!set.covers(&order(Some("2024-02-01"), None, Some("math"))));
    let elsewhere = Order {
        url: "https://b.org/oai".to_owned(),
        ..all.clone()
    };
    assert!(!all.covers(&elsewhere));
}

#[test]
fn a_span_is_closed_when_it_was_over_at_the_start() {
    let mut harvest = Harvest::new(order(None, Some("2024-02"), None));
    harvest.done = true;
    assert!(!harvest.is_closed());
    harvest.began = Date::parse("2024-02-29");
    assert!(!harvest.is_closed());
    harvest.began = Date::parse("2024-03-01");
    assert!(harvest.is_closed());
    harvest.done = false;
    assert!(!harvest.is_closed());
}
