use expect_test::expect;

use crate::format::xml::testing::read;

/// Our own text, in the forms that libraries and repositories write.
#[test]
fn descriptions() {
    let text = r#"<?xml version="1.0" encoding="UTF-8"?>
<modsCollection xmlns="http://www.loc.gov/mods/v3">
<mods version="3.4">
<titleInfo><nonSort>The</nonSort><title>swimming of fish /</title><subTitle>a scale</subTitle></titleInfo>
<titleInfo type="abbreviated"><title>Swim. fish</title></titleInfo>
<name type="personal"><namePart type="given">Jane</namePart><namePart type="given">A.</namePart><namePart type="family">Doe</namePart>
<nameIdentifier type="orcid">0000-0002-1825-0097</nameIdentifier><role><roleTerm type="text">author</roleTerm></role></name>
<name type="personal"><namePart>Roe, Richard [1848-1914]</namePart><namePart type="date">1848-1914</namePart></name>
<name type="personal"><namePart>Poe, Ann</namePart><role><roleTerm type="code">edt</roleTerm></role></name>
<name type="corporate"><namePart>Fish Office.</namePart><namePart>Water Section.</namePart><role><roleTerm>cre</roleTerm></role></name>
<originInfo><dateIssued encoding="marc" point="start">2003</dateIssued><dateIssued point="end">2004</dateIssued></originInfo>
<language><languageTerm type="code" authority="iso639-2b">eng</languageTerm><languageTerm type="text">English</languageTerm></language>
<abstract>Fish are wet.</abstract>
<subject><topic>Fishes</topic><geographic>Norway</geographic><name><namePart>Nobody</namePart></name></subject>
<relatedItem type="host"><titleInfo><title>Journal of Fish</title></titleInfo><name><namePart>Host, An</namePart></name>
<part><detail type="volume"><number>24</number></detail><extent unit="pages"><start>361</start></extent><date>2000</date></part></relatedItem>
<relatedItem type="otherVersion"><titleInfo><title>Another</title></titleInfo></relatedItem>
<identifier type="doi">10.1000/mods.1</identifier><identifier type="uri">http://example.org/1</identifier>
<recordInfo><languageOfCataloging><languageTerm>ger</languageTerm></languageOfCataloging></recordInfo>
</mods>
<mods><titleInfo type="translated"><title>Of cats</title><partNumber>Part 2</partNumber></titleInfo>
<titleInfo><nonSort>L'</nonSort><title>eau</title></titleInfo>
<name type="personal"><displayForm>Doe, Jane</displayForm></name><language>fre</language>
<relatedItem type="host"><titleInfo><title>Cats</title></titleInfo><originInfo><dateIssued>[1982?]</dateIssued></originInfo></relatedItem></mods>
</modsCollection>"#;
    expect![[r#"
        MODS XML
        mods:doi:10.1000/mods.1 The swimming of fish: a scale
          by: Doe, Jane A. (0000-0002-1825-0097); Roe, Richard; Fish Office. Water Section
          on: 2003
          in: Journal of Fish
          keywords: Fishes; Norway
          doi: 10.1000/mods.1
          url: http://example.org/1
          language: en
          abstract: Fish are wet.
        abs:1b653a531cda7217e0963bb6936f54c1 L'eau
          by: Doe, Jane
          on: 1982
          in: Cats
          language: fr"#]]
    .assert_eq(&read(text));
}

#[test]
fn one_alone_and_with_a_prefix() {
    let text = "<mods:mods xmlns:mods=\"http://www.loc.gov/mods/v3\"><mods:titleInfo><mods:title>Of fish</mods:title></mods:titleInfo>\
                <mods:originInfo><mods:dateCreated>1930-01-14</mods:dateCreated></mods:originInfo></mods:mods>";
    let found = read(text);
    assert!(
        found.starts_with("MODS XML\nabs:") && found.ends_with(" Of fish\n  on: 1930-01-14"),
        "{found}"
    );
}

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
