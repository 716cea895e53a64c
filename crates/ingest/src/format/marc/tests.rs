use expect_test::{Expect, expect};

use crate::format::xml::testing::read;

#[track_caller]
fn check(fields: &str, expected: Expect) {
    let text = format!(
        "<?xml version=\"1.0\"?><collection xmlns=\"http://www.loc.gov/MARC21/slim\"><record>{fields}</record></collection>"
    );
    // Marks that nobody could see here.
    let text = text.replace("&lt;", "\u{98}").replace("&gt;", "\u{9c}");
    expected.assert_eq(&read(text));
}

/// Our own records, in the form of catalogues: ISBD's marks, roles by code or
/// by name, subdivisions.
#[test]
fn a_book_of_a_catalogue() {
    check(
        r#"<leader>00864naa a2200253 c 4500</leader>
<controlfield tag="001">BV900000001</controlfield>
<controlfield tag="003">DE-604</controlfield>
<controlfield tag="008">230706s2023    gw a||| |||| 00||| eng d</controlfield>
<datafield tag="020" ind1=" " ind2=" "><subfield code="a">9780000000000</subfield></datafield>
<datafield tag="100" ind1="1" ind2=" "><subfield code="a">Roe, Robert C.,</subfield><subfield code="c">Jr.,</subfield><subfield code="d">1950-</subfield><subfield code="e">Verfasser</subfield><subfield code="4">aut</subfield></datafield>
<datafield tag="245" ind1="1" ind2="0"><subfield code="a">&lt;The&gt; wet fish :</subfield><subfield code="b">a history of swimming /</subfield><subfield code="c">Robert C. Roe ; ed. by Jan Poe.</subfield></datafield>
<datafield tag="264" ind1=" " ind2="1"><subfield code="a">Berlin :</subfield><subfield code="b">Press,</subfield><subfield code="c">[2023]</subfield></datafield>
<datafield tag="520" ind1="3" ind2=" "><subfield code="a">Fish swim.</subfield></datafield>
<datafield tag="650" ind1=" " ind2="0"><subfield code="a">Fishes</subfield><subfield code="x">History</subfield><subfield code="z">Europe.</subfield></datafield>
<datafield tag="653" ind1=" " ind2="0"><subfield code="a">Water</subfield></datafield>
<datafield tag="700" ind1="1" ind2=" "><subfield code="a">Poe, Jan</subfield><subfield code="4">edt</subfield></datafield>
<datafield tag="700" ind1="1" ind2=" "><subfield code="a">Loe, Eve,</subfield><subfield code="e">author.</subfield><subfield code="1">https://orcid.org/0000-0002-1825-0097</subfield></datafield>
<datafield tag="700" ind1="1" ind2=" "><subfield code="a">Voe, X.</subfield><subfield code="t">Another work</subfield></datafield>
<datafield tag="710" ind1="2" ind2=" "><subfield code="a">Press Berlin</subfield></datafield>"#,
        expect![[r#"
            MARC XML
            DE-604:BV900000001 The wet fish: a history of swimming
              by: Roe, Robert C., Jr.; Loe, Eve (0000-0002-1825-0097)
              on: 2023
              keywords: Fishes -- History -- Europe; Water
              language: en
              abstract: Fish swim."#]],
    );
}

/// Our own record, in the form of Invenio: collaborations, reports, DOIs and
/// arXiv ids in fields of numbers.
#[test]
fn an_article_of_invenio() {
    check(
        r#"<controlfield tag="001">900001</controlfield>
<datafield tag="024" ind1="7" ind2=" "><subfield code="a">10.1000/marc.2</subfield><subfield code="2">DOI</subfield></datafield>
<datafield tag="037" ind1=" " ind2=" "><subfield code="9">arXiv</subfield><subfield code="a">arXiv:1203.2109</subfield></datafield>
<datafield tag="041" ind1=" " ind2=" "><subfield code="a">eng</subfield></datafield>
<datafield tag="245" ind1=" " ind2=" "><subfield code="a">Jets of fish</subfield></datafield>
<datafield tag="260" ind1=" " ind2=" "><subfield code="c">2019</subfield></datafield>
<datafield tag="269" ind1=" " ind2=" "><subfield code="c">14 Jan 2019</subfield></datafield>
<datafield tag="650" ind1="1" ind2="7"><subfield code="a">hep-ex</subfield><subfield code="2">arXiv</subfield></datafield>
<datafield tag="700" ind1=" " ind2=" "><subfield code="a">Li, Ada</subfield></datafield>
<datafield tag="710" ind1=" " ind2=" "><subfield code="g">FISH Collaboration</subfield></datafield>
<datafield tag="100" ind1=" " ind2=" "><subfield code="a">Müller, Jan</subfield><subfield code="j">ORCID:0000-0002-1825-0097</subfield></datafield>
<datafield tag="773" ind1=" " ind2=" "><subfield code="p">J. Fish</subfield><subfield code="v">7</subfield><subfield code="y">2020</subfield></datafield>
<datafield tag="856" ind1="4" ind2=" "><subfield code="u">https://example.org/2</subfield></datafield>"#,
        expect![[r#"
            MARC XML
            marc:doi:10.1000/marc.2 Jets of fish
              by: Müller, Jan (0000-0002-1825-0097); Li, Ada; FISH Collaboration
              on: 2019-01-14
              in: J. Fish
              categories: hep-ex
              doi: 10.1000/marc.2
              arxiv: 1203.2109
              url: https://example.org/2
              language: en"#]],
    );
}

#[test]
fn records_with_little_or_nothing() {
    check(
        r#"<controlfield tag="008">99</controlfield><datafield tag="245"><subfield code="a">Alone.</subfield></datafield>
<datafield><subfield>x</subfield></datafield>
</record><record><datafield tag="245" ind1="1"/><datafield tag="100"><subfield code="a"> </subfield></datafield>"#,
        expect![[r#"
            MARC XML
            byte 246: has neither a title nor an abstract
            abs:4ee58f77db5f0563dffb1f9dd1fefe36 Alone"#]],
    );
}
