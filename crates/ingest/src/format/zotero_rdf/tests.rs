use expect_test::expect;

use crate::format::xml::testing::read;

/// Our own text, in the form that Zotero exports.
#[test]
fn items_and_what_they_appeared_in() {
    let text = r##"<rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#"
 xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:link="http://purl.org/rss/1.0/modules/link/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:prism="http://prismstandard.org/namespaces/1.2/basic/">
<bib:Article rdf:about="http://example.org/1">
 <z:itemType>journalArticle</z:itemType>
 <dcterms:isPartOf rdf:resource="urn:issn:1234-5678"/>
 <bib:editors><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Editor</foaf:surname></foaf:Person></rdf:li></rdf:Seq></bib:editors>
 <bib:authors><rdf:Seq>
  <rdf:li><foaf:Person><foaf:surname>Doe</foaf:surname><foaf:givenName>Jane A.</foaf:givenName></foaf:Person></rdf:li>
  <rdf:li><foaf:Person><foaf:surname>Fish Consortium</foaf:surname></foaf:Person></rdf:li>
 </rdf:Seq></bib:authors>
 <link:link rdf:resource="#item_2"/>
 <dc:subject>fish</dc:subject>
 <dc:subject><z:AutomaticTag><rdf:value>water</rdf:value></z:AutomaticTag></dc:subject>
 <dc:title>How &lt;i&gt;fish&lt;/i&gt; swim</dc:title>
 <dcterms:abstract>Fish are wet.</dcterms:abstract>
 <dc:date>2015-03</dc:date><z:language>en-US</z:language>
 <dc:identifier><dcterms:URI><rdf:value>http://example.org/1</rdf:value></dcterms:URI></dc:identifier>
 <dcterms:dateSubmitted>2020-01-01 00:00:00</dcterms:dateSubmitted>
 <bib:pages>551-560</bib:pages>
 <dc:description>PMID: 90000041
arXiv: 1503.00001</dc:description>
</bib:Article>
<bib:Journal rdf:about="urn:issn:1234-5678">
 <dc:title>Journal of Fish</dc:title><prism:volume>32</prism:volume><prism:number>3</prism:number>
 <dcterms:alternative>J Fish</dcterms:alternative><dc:identifier>DOI 10.1000/rdf.1</dc:identifier>
 <dc:identifier>ISSN 1234-5678</dc:identifier>
</bib:Journal>
<z:Attachment rdf:about="#item_2"><z:itemType>attachment</z:itemType><dc:title>PDF</dc:title></z:Attachment>
<bib:Memo rdf:about="#item_3"><rdf:value>A note</rdf:value></bib:Memo>
<rdf:Description rdf:about="#item_4">
 <z:itemType>conferencePaper</z:itemType>
 <dcterms:isPartOf><bib:Journal><dc:title>Proceedings of Fish</dc:title><dc:identifier>DOI 10.1000/rdf.2</dc:identifier></bib:Journal></dcterms:isPartOf>
 <dc:title>Of cats</dc:title>
 <bib:presentedAt><bib:Conference><dc:title>Fish 2016</dc:title></bib:Conference></bib:presentedAt>
</rdf:Description>
<bib:Thesis rdf:about="#item_5"><z:itemType>thesis</z:itemType>
 <dc:publisher><foaf:Organization><foaf:name>University of Nowhere</foaf:name></foaf:Organization></dc:publisher>
 <dc:title>Of dogs</dc:title></bib:Thesis>
<bib:Article rdf:about="#item_6"><z:itemType>journalArticle</z:itemType>
 <dcterms:isPartOf rdf:resource="urn:issn:0000-0000"/><dc:title>Without a journal</dc:title></bib:Article>
<z:Collection rdf:about="#collection_1"><dc:title>Mine</dc:title></z:Collection>
</rdf:RDF>"##;
    expect![[r#"
        Zotero RDF
        zotero:doi:10.1000/rdf.1 How fish swim
          by: Doe, Jane A.; Fish Consortium
          on: 2015-03
          in: Journal of Fish
          keywords: fish; water
          doi: 10.1000/rdf.1
          arxiv: 1503.00001
          pmid: 90000041
          url: http://example.org/1
          language: en
          abstract: Fish are wet.
        zotero:doi:10.1000/rdf.2 Of cats
          in: Proceedings of Fish
          doi: 10.1000/rdf.2
        abs:f3009f22c60399e12e9a8b973dc78224 Of dogs
          in: University of Nowhere
        abs:562236fb7de3910b86641da244920ab2 Without a journal"#]]
    .assert_eq(&read(text));
}

/// What stands before its item, and a place that is nobody's.
#[test]
fn in_any_order() {
    let head = "<rdf:RDF xmlns:z=\"http://www.zotero.org/namespaces/export#\" xmlns:bib=\"http://purl.org/net/biblio#\">";
    let journal = "<bib:Journal rdf:about=\"urn:issn:1\"><dc:title>J</dc:title></bib:Journal>";
    let item = "<bib:Article><z:itemType>journalArticle</z:itemType><dcterms:isPartOf rdf:resource=\"urn:issn:1\"/>\
                <dc:title>T</dc:title></bib:Article>";
    for text in [[head, journal, item], [head, item, journal]] {
        let found = read(text.concat() + "</rdf:RDF>");
        assert!(found.ends_with(" T\n  in: J"), "{found}");
    }
}

/// One that waits is rejected at its own place.
#[test]
fn places() {
    let text = "<rdf:RDF xmlns:z=\"http://www.zotero.org/namespaces/export#\" xmlns:bib=\"http://purl.org/net/biblio#\">\
                <bib:Article><z:itemType>journalArticle</z:itemType><dcterms:isPartOf rdf:resource=\"urn:issn:1\"/></bib:Article>\
                <bib:Book><z:itemType>book</z:itemType></bib:Book>\
                <bib:Journal rdf:about=\"urn:issn:1\"><dc:title>J</dc:title></bib:Journal></rdf:RDF>";
    let found = read(text);
    let at = |mark: &str| text.find(mark).unwrap_or_default();
    for mark in ["<bib:Article", "<bib:Book"] {
        let reject = format!("byte {}: has neither", at(mark));
        assert!(found.contains(&reject), "{found}");
    }
}
