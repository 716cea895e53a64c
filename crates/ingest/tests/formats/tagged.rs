//! Fixtures of what Ovid saves with tags, of RefWorks, MODS and Zotero RDF.

use expect_test::expect;

use super::check;

#[test]
fn ovid_tagged() {
    check(
        "ovid/tagged.txt",
        expect![[r#"
            Ovid tagged
            ovid-ovidmedline:doi:10.1000/granite.2
              title How lichens let go of granite: a field trial.
              by Marlow, Jane A; Osei, Richard
              on 2015-03
              in Journal of Examples
              doi 10.1000/granite.2
              pmid 90000031
              language en
              keywords Lichens | Granite
              abstract BACKGROUND: Granite is smooth. RESULTS: Lichens let go.
            abs:6c1a7761e83d2fb69fd13c9f7a4483ba
              title Of people who watch mosses.
              by Marlow, Jane
              on 2014
              in Moss Watching
              keywords mosses | slow hobbies
        "#]],
    );
}

#[test]
fn refworks() {
    check(
        "refworks/export.txt",
        expect![[r#"
            RefWorks
            refworks:doi:10.1000/walls.3
              title Lichens of city walls
              by Marlow, Jane; Osei, Richard P.
              on 2002-02
              in Journal of Examples
              doi 10.1000/walls.3
              language en
              keywords Lichens | Walls
              abstract Walls are warm. Lichens like them.
            abs:466eb377bba7955751f86ecf0dd2257b
              title Mosses of city walls
              by Bright, Ann
              on 2000
              in University of Examples
        "#]],
    );
}

#[test]
fn mods() {
    check(
        "mods/collection.xml",
        expect![[r#"
            MODS XML
            mods:doi:10.1000/roofs.4
              title The lichens of city roofs: a survey
              by Marlow, Jane
              on 2003
              in Journal of Examples
              doi 10.1000/roofs.4
              language en
              keywords Lichens
              abstract Roofs are dry. Lichens do not mind.
        "#]],
    );
}

#[test]
fn zotero_rdf() {
    check(
        "zotero/library.rdf",
        expect![[r#"
            Zotero RDF
            zotero:doi:10.1000/wander.rdf.1
              title How Lichenes wander
              by Marlow, Jane; Lichen Consortium
              on 2015-03
              in Journal of Examples
              doi 10.1000/wander.rdf.1
              arxiv 1503.00009
              pmid 90000051
              at http://example.org/1
              language en
              keywords lichens | water
              abstract Lichens are dry.
            zotero:doi:10.1000/wander.rdf.2
              title Of mosses
              in Proceedings of Examples
              doi 10.1000/wander.rdf.2
            abs:0b0fbbd299c4c617692c310fd8e32842
              title Of ferns
              in University of Nowhere
        "#]],
    );
}
