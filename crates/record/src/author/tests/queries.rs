//! Which names fit.

use super::super::{Author, NameQuery};

#[test]
fn fits() {
    for (query, author, expected) in [
        ("Lu, L", "Lu, Lewei", true),
        ("Lu, L", "Lu, L. X.", true),
        ("Lu, Lewei", "Lu, L.", true),
        ("Lu, Lewei", "Lu, Lin", false),
        ("Lu, Lewei", "Lu", true),
        ("Lu, L X", "Lu, L Y", false),
        ("Lu", "Lu, Lewei", true),
        ("Lu", "Luo, Lewei", false),
        ("Lu, Le-Wei", "Lu, Lewei", true),
        ("Lu, Lewei", "Lu, Le Wei", true),
        ("Xue, Y", "Xu, Y", false),
        ("Müller, J", "Mueller, Jürgen", true),
        ("Mueller, J", "Müller, Jürgen", true),
        ("Muller, J", "Mueller, J", true),
        ("Mueller, Juergen", "Muller, Jürgen", true),
        ("Sørensen", "Soerensen, P", true),
        ("Ångström", "Aangstroem, P", true),
        ("Bauer, H", "Baur, H", false),
        ("Samuel, A", "Samul, A", false),
        ("van der Berg, L", "Berg, Ludwig", true),
        ("Berg, L", "van der Berg, Ludwig", true),
        ("von Berg, L", "van der Berg, Ludwig", false),
        ("De Raedt, Luc", "Luc Raedt", true),
        ("O'Brien, P", "OBrien, Pat", true),
        ("Serre, J.-P.", "Jean-Pierre Serre", true),
        ("Serre, Jean-Paul", "Jean-Pierre Serre", false),
        ("King, M", "King, Martin L., Jr.", true),
        ("ATLAS Collaboration", "The ATLAS collaboration", true),
        ("ATLAS Collaboration", "CMS Collaboration", false),
    ] {
        let (query_author, author) = (Author::parse(query), Author::parse(author));
        assert_eq!(
            author.fits(&query_author),
            expected,
            "{query} / {}",
            author.display()
        );
        if expected {
            assert!(NameQuery::parse(query).key_fits(&author.key()), "{query}");
        }
    }
}

#[test]
fn queries_of_unknown_order() {
    for (query, key, expected) in [
        ("lewei lu", "lu, lewei", true),
        ("lu lewei", "lu, lewei", true),
        ("lu l", "lu, lewei", true),
        ("l lu", "lu, lewei", true),
        ("lewei l", "lu, lewei", false),
        ("lu, lewei", "lewei, lu", false),
        ("reimer ej", "reimer, e j", true),
        ("reimer, ej", "reimer, eva jane", true),
        ("REIMER EJ", "reimer, e j", true),
        ("Reimer EJ", "reimer, e", true),
        ("lu li", "lu, lewei", false),
        ("gabriel garcia marquez", "garcia marquez, gabriel", true),
        ("garcia marquez gabriel", "garcia marquez, gabriel", true),
        ("garcia marquez,", "garcia marquez, gabriel", true),
        ("garcia,", "garcia marquez, gabriel", false),
        ("ludwig van der berg", "van der berg, l", true),
        ("van der berg ludwig", "van der berg, ludwig", true),
        ("van der berg", "van der berg, ludwig", true),
        ("van der berg", "berg, ludwig", true),
        ("ludwig berg", "van der berg, ludwig", true),
        ("martin king jr", "king, martin l", true),
        ("jürgen müller", "mueller, juergen", true),
        ("atlas", "atlas collaboration", true),
        ("pierre auger", "pierre auger collaboration", true),
        ("atlas", "atlas, charles", true),
        ("atlas", "atlases of the world", false),
        ("李 明", "李, 明", true),
        ("", "", false),
        ("", "lu, lewei", false),
    ] {
        assert_eq!(
            NameQuery::parse(query).key_fits(key),
            expected,
            "{query} / {key}"
        );
    }
    assert_eq!(
        NameQuery::parse("Müller, J").families(),
        ["muller", "mueller"]
    );
    assert_eq!(
        NameQuery::parse("van der Berg, J").families(),
        ["van der berg", "berg"]
    );
    assert!(
        NameQuery::parse("Berg, L")
            .prefixes()
            .iter()
            .any(|prefix| prefix == "van der berg")
    );
}
