use expect_test::expect;

use crate::format::xml::testing::read;

/// Our own records, in the form of repositories and of Zotero.
#[test]
fn articles_and_books() {
    let text = r#"<?xml version="1.0" encoding="UTF-8"?>
<modsCollection xmlns:mods="http://www.loc.gov/mods/v3" xmlns="http://www.loc.gov/mods/v3">
<mods version="3.4"><titleInfo type="abbreviated"><title>Wet f.</title></titleInfo>
<titleInfo><nonSort>L'</nonSort><title>eau</title><subTitle>fish &amp; water</subTitle></titleInfo>
<name type="personal"><namePart type="family">van Roe</namePart><namePart type="given">Jan</namePart><namePart type="given">P.</namePart><role><roleTerm type="code" authority="marcrelator">aut</roleTerm></role><nameIdentifier type="orcid">0000-0002-1825-0097</nameIdentifier></name>
<name type="personal"><namePart>Poe, Eve,</namePart><namePart type="date">1950-</namePart><role><roleTerm type="text">Author</roleTerm></role></name>
<name type="personal"><namePart type="family">Loe</namePart><namePart type="given">X</namePart><role><roleTerm type="code">edt</roleTerm></role></name>
<name type="corporate"><namePart>Fish Survey</namePart></name>
<name type="conference"><namePart>Fish 2020</namePart></name>
<genre>article</genre>
<originInfo><publisher>Press</publisher><dateIssued>2020</dateIssued><dateIssued encoding="w3cdtf">2020-03-04</dateIssued></originInfo>
<language><languageTerm type="text">English</languageTerm><languageTerm type="code" authority="iso639-2b">eng</languageTerm></language>
<abstract>They swim.</abstract>
<subject><topic>fish</topic><geographic>Europe</geographic><name><namePart>Doe, A</namePart></name></subject>
<identifier type="doi">10.1000/mods.1</identifier><identifier type="issn">1234-5678</identifier>
<location><url usage="primary display">https://example.org/1</url></location>
<relatedItem type="host"><titleInfo><title>Journal of Fish</title></titleInfo><name><namePart>Nobody</namePart></name><originInfo><dateIssued>1999</dateIssued></originInfo><identifier type="doi">10.1000/host</identifier></relatedItem>
</mods>
<mods><titleInfo><title>In a book</title></titleInfo><relatedItem type="host"><titleInfo><title>A book</title></titleInfo><part><date>1999</date></part></relatedItem><relatedItem type="series"><titleInfo><title>A series</title></titleInfo></relatedItem></mods>
<mods><genre>article</genre></mods>
</modsCollection>"#;
    expect![[r#"
        MODS XML
        byte 2141: has neither a title nor an abstract
        mods:doi:10.1000/mods.1 L'eau: fish & water
          by: van Roe, Jan P. (0000-0002-1825-0097); Poe, Eve; Fish Survey
          on: 2020-03-04
          in: Journal of Fish
          keywords: fish; Europe
          doi: 10.1000/mods.1
          url: https://example.org/1
          language: en
          abstract: They swim.
        abs:ef78a780c61c9bcc6570fba43b96fb98 In a book
          on: 1999
          in: A book"#]]
    .assert_eq(&read(text));
}

#[test]
fn one_record_with_prefixes() {
    let text = r#"<mods:mods xmlns:mods="http://www.loc.gov/mods/v3"><mods:titleInfo><mods:title>Alone</mods:title></mods:titleInfo><mods:name><mods:displayForm>Li, Ada</mods:displayForm></mods:name><mods:originInfo><mods:copyrightDate>c2001</mods:copyrightDate></mods:originInfo></mods:mods>"#;
    expect![[r#"
        MODS XML
        abs:f6642291d664977cc47003f072a6be92 Alone
          by: Li, Ada
          on: 2001"#]]
    .assert_eq(&read(text));
}
