//! Fixtures of tables.

use expect_test::expect;

use super::check;

#[test]
fn csv() {
    check(
        "csv/cord19.csv",
        expect![[r#"
        CSV
        rejected 7: malformed CSV: a quote is not closed, or fields are missing
        rejected 9: malformed CSV: 3 fields, the header has 18
        ex000001
          title Airborne, and Quoted
          by Myatt, Theodore A
          on 2003-01-13
          in BMC Examples
          doi 10.5555/cord.1
          pmid 900000004
          abstract The same work once more.
        ex000002
          title SARS, Mars and Examples
          by Gannon, Frank
          on 2005
          in Example reports
          doi 10.5555/cord.2
        ex000003
          title An unclosed "quote does no harm
          on 2020-03-04
          arxiv 2003.01234
        ex000005
          title The Neighbour Is Found
          on 2021
    "#]],
    );
    check(
        "csv/semicolon.csv",
        expect![[r#"
        CSV
        rejected 3: malformed CSV: 7 fields, the header has 6
        abs:9863685607987e26ca3d72c558f5c87a
          title A Title; quoted
          by Marx, Karl; Lindgren, Astrid
          on 2014
          keywords Pippi | Pirates
          abstract Text, with a comma.
        abs:915e5089d90288b23aa5e575538c3266
          title Second
          by Liu, R.; Adler, D. G.
          on 2006
          keywords one | two
    "#]],
    );
    check(
        "csv/arxiv.tsv",
        expect![[r#"
        CSV
        csv:arXiv:0704.0010
          title A "quoted" word in a table with tabs
          by Mossel, Elchanan; Tamuz, Omer
          on 2007-04-02
          arxiv 0704.0010
          classes math.CO | econ.TH
          abstract Text.
        csv:arXiv:1807.10340
          title Over two lines
          by Solo, A.
          on 2018-07-03
          arxiv 1807.10340
          classes math.PR | cs.IT
          abstract More.
    "#]],
    );
}

#[test]
fn csv_in_rows() {
    check(
        "csv/embase.csv",
        expect![[r#"
        CSV in rows
        csv:doi:10.1000/lichen.3
          title Granite and its lichens
          by Marlow, J. A.; Osei, R.
          on 2021
          in Journal of Examples
          doi 10.1000/lichen.3
          pmid 90000024
          abstract Lichens were counted, and "granite" was weighed.
        csv:doi:10.1000/moss.4
          title Of moss
          by Osei, R.
          on 2019
          doi 10.1000/moss.4
    "#]],
    );
}
