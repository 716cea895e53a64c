use expect_test::expect;

use crate::format::xml::testing::read;

/// Our own text, in the form of OAI-PMH: a record of MARC under the name of
/// the record around it, one that is deleted, one of another schema.
#[test]
fn oai_with_marc() {
    let text = r#"<?xml version="1.0"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><request verb="ListRecords" metadataPrefix="marc21">https://example.org</request><ListRecords>
<record><header><identifier>oai:example.org:1</identifier><datestamp>2019-01-14</datestamp></header><metadata>
<record xmlns="http://www.loc.gov/MARC21/slim"><controlfield tag="001">1</controlfield><controlfield tag="003">X</controlfield><datafield tag="245" ind1=" " ind2=" "><subfield code="a">Of fish</subfield></datafield></record></metadata></record>
<record><header status="deleted"><identifier>oai:example.org:2</identifier></header></record>
<record><header><identifier>oai:example.org:3</identifier></header><metadata><other>x</other></metadata></record>
<record><header><identifier>oai:example.org:4</identifier></header><metadata><mods><titleInfo><title>Of birds</title></titleInfo></mods></metadata></record>
</ListRecords></OAI-PMH>"#;
    expect![[r#"
        MARC or MODS in an answer
        byte 688: the work has no record of MARC or MODS
        oai:example.org:1 Of fish
        oai:example.org:2 is deleted
        oai:example.org:4 Of birds"#]]
    .assert_eq(&read(text));
}

/// As catalogues answer over SRU.
#[test]
fn sru_with_marc() {
    let text = r#"<zs:searchRetrieveResponse xmlns:zs="http://www.loc.gov/zing/srw/"><zs:version>1.1</zs:version><zs:records>
<zs:record><zs:recordPacking>xml</zs:recordPacking><zs:recordData><record><controlfield tag="001">7</controlfield><controlfield tag="003">DE-1</controlfield><datafield tag="245" ind1=" " ind2=" "><subfield code="a">Of stones</subfield></datafield></record></zs:recordData></zs:record>
</zs:records></zs:searchRetrieveResponse>"#;
    expect![[r#"
        MARC or MODS in an answer
        DE-1:7 Of stones"#]]
    .assert_eq(&read(text));
}
