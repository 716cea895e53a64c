//! What the help says.

use expect_test::expect;

use crate::session::Session;

#[test]
fn top() {
    Session::empty().check(
        &["--help"],
        expect![[r#"
            exit 0
            Full-text search over scholarly abstracts

            Usage: abs-search [OPTIONS] QUERY...
                   abs-search [OPTIONS] <COMMAND>

            Commands:
              search    Search the index; this is what happens without a command
              ingest    Put records into the index, which is made if it is not there
              harvest   Fetch records from an archive into the index
              update    Fetch what changed since the last harvest
              export    Print all records a query finds, or all there are, whole
              delete    Delete records from the index
              optimize  Make one segment of the index and take deleted records out of it
              check     Find out whether the index is sound, and mend it
              facet     Count a field's values over all records a query finds, or over all
                        there are
              show      Print one record in full
              count     Count the records that match all of a query
              stats     Print the index in numbers
              parse     Print how a query is read, without searching
              eval      Measure the ranking on judged collections, or by works that are
                        known
              help      Print help on a command, or on the query language (`help syntax`)

            Options:
              -h, --help     Print help
              -V, --version  Print version

            Global options:
                  --index <DIR>   Index folder [default: $ABS_SEARCH_INDEX, else ./index in
                                  a checkout, else the user's data folder]
                  --color <WHEN>  When to use colour [default: auto] [possible values: auto,
                                  always, never]
              -q, --quiet         Print errors and answers only

            Examples:
              abs-search process reward model
              abs-search 'title:"large language" year:2023.. -survey' -n 20
              abs-search --author 'Lu, Lewei' --facet year multimodal
              abs-search ingest arxiv.jsonl.zst
              abs-search help syntax

            QUERY alone is `abs-search search QUERY`; after `--` nothing is an option or a
            command.
            Exit status: 0 for hits, 1 for none, 2 for an error.
        "#]],
    );
}

#[test]
fn search() {
    Session::empty().check(
        &["search", "--help"],
        expect![[r#"
            exit 0
            Search the index; this is what happens without a command

            Usage: abs-search search [OPTIONS] [QUERY]...

            Arguments:
              [QUERY]...  Query, its words joined by blanks; `*` for all records

            Options:
                  --query-file <FILE>    Read the query from a file, such as the search of a
                                         systematic review with thousands of terms; `-` is
                                         standard input
              -n, --limit <N>            Hits on the page [default: 10]
                  --offset <N>           Hits before the page [default: 0]
                  --sort <ORDER>         Order of hits: best, oldest or newest first
                                         [default: relevance] [possible values: relevance,
                                         date, -date]
                  --facet <FIELD>        Count a field's values over the whole result,
                                         filters on that field aside; may be given again
                                         [possible values: author, year, venue, cat]
                  --top <N>              Values of each facet [default: 10]
                  --facet-prefix <TEXT>  Only values that start so, whatever their case and
                                         accents; of authors any part of the name
                  --snippet <N>          Characters of a snippet, about; 0 for none
                                         [default: 240]
                  --snippets <K>         Snippets of a hit, at most [default: 1]
                  --full                 Show whole abstracts instead of snippets
                  --no-relax             Show full matches only
                  --no-expand            Do not let acronyms find what they stand for, nor
                                         the other way round
                  --explain              Say how the query was understood, and of each hit
                                         how its score came about
                  --format <FORMAT>      Form of the answer: for people, one JSON object, or
                                         one JSON line a hit [default: text] [possible
                                         values: text, json, jsonl]
                  --json                 The same as --format json; ranges count bytes of
                                         UTF-8
                  --all-versions         Show and count every record, also several of one
                                         work
              -h, --help                 Print help

            Filters (given again: any of the values):
                  --author <NAME>   Keep works of this very author, `Family, Given`
                  --year <YEARS>    Keep works of a year or of years: 2024, 2020..2023,
                                    2020.., ..1999
                  --venue <NAME>    Keep works of this venue; words of a name find all that
                                    have them
                  --cat <CATEGORY>  Keep works of this category; `cs` is all of cs.CL, cs.LG
                                    and so on

            Advanced:
                  --without <PART>  Leave parts of the ranking out, to see what they are
                                    worth [possible values: question-words, adjacency,
                                    titles, neighbours]

            Global options:
                  --index <DIR>   Index folder [default: $ABS_SEARCH_INDEX, else ./index in
                                  a checkout, else the user's data folder]
                  --color <WHEN>  When to use colour [default: auto] [possible values: auto,
                                  always, never]
              -q, --quiet         Print errors and answers only

            Examples:
              abs-search search process reward model
              abs-search search 'au:"Lu, Lewei" year:2023..' --sort -date
              abs-search search 'multimod* -survey' --facet author --facet year
              abs-search search reward --snippets 3 --snippet 160
              abs-search search --query-file review.txt --format jsonl -n 1000
              abs-search search reward --json | jq -r '.hits[].title'

            All words should match; a page that stays short is filled with partial matches,
            which come after
            the full ones. `abs-search help syntax` is the query language on one page.
        "#]],
    );
}

#[test]
fn ingest() {
    Session::empty().check(
        &["ingest", "-h"],
        expect![[r#"
            exit 0
            Put records into the index, which is made if it is not there

            Usage: abs-search ingest [OPTIONS] <PATH>...

            Arguments:
              <PATH>...  Files, folders, or `-` for standard input

            Options:
                  --map <FIELD=COLUMN,…>  Columns of a CSV or TSV whose names are strange;
                                          `\,` for a comma in one
                  --dry-run               Read and report only; counts as into an empty
                                          index, and needs none
                  --strict                Stop at the first reject; what was read before it
                                          is in the index
                  --again                 Read files again that have not changed
                  --files                 Print the account of every file
                  --threads <N>           Indexing threads [default: as many as the machine
                                          has]
                  --memory <SIZE>         Memory for the whole of it [default: 1GB]
                  --rejects <FILE>        Where to list what was rejected [default:
                                          rejects.jsonl in the index folder]
                  --json                  Print the summary in JSON
              -h, --help                  Print help

            Global options:
                  --index <DIR>   Index folder [default: $ABS_SEARCH_INDEX, else ./index in
                                  a checkout, else the user's data folder]
                  --color <WHEN>  When to use colour [default: auto] [possible values: auto,
                                  always, never]
              -q, --quiet         Print errors and answers only

            Examples:
              abs-search ingest arxiv.jsonl.zst pubmed.jsonl.gz
              abs-search ingest --index /data/abs-index --memory 4GB dumps/
              abs-search ingest --map title=Titel,abstract=Zusammenfassung table.csv
              abs-search ingest --dry-run --files dumps/
              zstd -dc arxiv.jsonl.zst | abs-search ingest -

            Formats are found by content: JSON Lines and JSON of arXiv, OpenAlex, Semantic
            Scholar, Crossref,
            DataCite, Europe PMC, INSPIRE, Zotero and CSL; PubMed, JATS, OAI-PMH, arXiv
            Atom, ACL Anthology,
            DBLP, EndNote, Europe PMC, MARC, MODS and Zotero RDF as XML; BibTeX, RIS and its
            dialects,
            MEDLINE .nbib, RefWorks, text saved from Ovid, ProQuest and Web of Science, CSV
            and TSV. Plain,
            .gz, .zst, .bz2 or .xz, in a .zip or .tar.

            A record whose id is known replaces the older one. Of all records read each is
            indexed (new),
            updated (it replaced another), unchanged (an earlier ingest said the same),
            duplicate (this one
            did), deleted or rejected; `abs-search stats --files` has the account of every
            file.

            A file that is as it was when it was read (same path, size and time) is left
            out. An ingest that
            is broken off, by Ctrl-C, by SIGTERM or in any other way, goes on from its last
            commit when the
            same command is run again, and counts as if nothing had happened. Standard input
            cannot be gone on
            with: read again, what is in the index already is unchanged.

            What cannot be read is listed with file, place and reason. Exit status: 0, 1 if
            some file could
            not be read to its end or --strict refused a record, 2 for an error, 130 or 143
            after a signal.
        "#]],
    );
}

#[test]
fn harvest() {
    Session::empty().check(
        &["harvest", "--help"],
        expect![[r#"
            exit 0
            Fetch records from an archive into the index

            Usage: abs-search harvest [OPTIONS] <ARCHIVE>

            Arguments:
              <ARCHIVE>  The archive, over its OAI-PMH interface [possible values: arxiv]

            Options:
                  --set <SET>           A part of the archive, such as cs, physics:hep-th or
                                        cs:cs:CL
                  --from <DATE>         Records changed on this day or later
                  --until <DATE>        Records changed on this day or earlier
                  --url <URL>           Ask another server than the archive's own
                  --restart             Begin anew, even if this was harvested before
                  --limit <N>           Read at most N records; the next run goes on with
                                        the page they end on
                  --dry-run             Fetch and count, but write nothing
                  --pause <SECONDS>     Seconds between two requests; arXiv asks for 3
                                        [default: 3]
                  --max-wait <SECONDS>  Seconds to wait for one page of a server that is
                                        busy or failing, at most [default: 3600]
                  --rejects <FILE>      Where to list what was rejected [default:
                                        harvest-rejects.jsonl in the index folder]
                  --json                Print the summary in JSON
              -h, --help                Print help

            Global options:
                  --index <DIR>   Index folder [default: $ABS_SEARCH_INDEX, else ./index in
                                  a checkout, else the user's data folder]
                  --color <WHEN>  When to use colour [default: auto] [possible values: auto,
                                  always, never]
              -q, --quiet         Print errors and answers only

            Examples:
              abs-search harvest arxiv --set cs --from 2026-01
              abs-search harvest arxiv --set cs:cs:CL
              abs-search harvest arxiv --set physics:hep-th --limit 5000
              abs-search update

            The same command goes on where it was broken off, and once it is complete asks
            for what changed
            since. All of arXiv takes hours, as arXiv wants at most one request in 3
            seconds; its snapshot, read
            with `ingest`, and a harvest `--from` its date are quicker. DATE is the day of a
            record's last change,
            not of the paper: 2026, 2026-01 or 2026-01-31.
            Ctrl-C stops after the record at hand and keeps what was read; a second one ends
            at once.
            Exit status: 0, 1 if it could not be completed, 2 for an error, 130 or 143 for
            one stopped by a signal.
        "#]],
    );
}

#[test]
fn update() {
    Session::empty().check(
        &["update", "-h"],
        expect![[r#"
            exit 0
            Fetch what changed since the last harvest

            Usage: abs-search update [OPTIONS]

            Options:
                  --limit <N>           Read at most N records; the next run goes on with
                                        the page they end on
                  --dry-run             Fetch and count, but write nothing
                  --pause <SECONDS>     Seconds between two requests; arXiv asks for 3
                                        [default: 3]
                  --max-wait <SECONDS>  Seconds to wait for one page of a server that is
                                        busy or failing, at most [default: 3600]
                  --rejects <FILE>      Where to list what was rejected [default:
                                        harvest-rejects.jsonl in the index folder]
                  --json                Print the summary in JSON
              -h, --help                Print help

            Global options:
                  --index <DIR>   Index folder [default: $ABS_SEARCH_INDEX, else ./index in
                                  a checkout, else the user's data folder]
                  --color <WHEN>  When to use colour [default: auto] [possible values: auto,
                                  always, never]
              -q, --quiet         Print errors and answers only

            Examples:
              abs-search update
              abs-search update --dry-run
              abs-search update --quiet --json >> updates.jsonl

            Every harvest of the index is gone on with: those that were broken off from
            where they were, the
            others with what changed since their last day. A harvest `--until` a day that is
            over has nothing left.
            With --json there is a line for each harvest.
            Exit status: 0, 1 if one could not be completed, 2 for an error, 130 or 143 for
            a signal.
        "#]],
    );
}

#[test]
fn facet() {
    Session::empty().check(
        &["help", "facet"],
        expect![[r#"
            exit 0
            Count a field's values over all records a query finds, or over all there are

            Usage: abs-search facet [OPTIONS] <FIELD> [QUERY]...

            Arguments:
              <FIELD>     Field to count [possible values: author, year, venue, cat]
              [QUERY]...  Query, its words joined by blanks; `*` for all records

            Options:
                  --query-file <FILE>  Read the query from a file, such as the search of a
                                       systematic review with thousands of terms; `-` is
                                       standard input
                  --top <N>            Values to print, those with most records first
                                       [default: 20]
                  --prefix <TEXT>      Only values that start so, whatever their case and
                                       accents; of authors any part of the name
                  --no-expand          Do not let acronyms find what they stand for, nor the
                                       other way round
                  --json               Answer in JSON
                  --all-versions       Show and count every record, also several of one work
              -h, --help               Print help (see more with '--help')

            Filters (given again: any of the values):
                  --author <NAME>   Keep works of this very author, `Family, Given`
                  --year <YEARS>    Keep works of a year or of years: 2024, 2020..2023,
                                    2020.., ..1999
                  --venue <NAME>    Keep works of this venue; words of a name find all that
                                    have them
                  --cat <CATEGORY>  Keep works of this category; `cs` is all of cs.CL, cs.LG
                                    and so on

            Global options:
                  --index <DIR>   Index folder [default: $ABS_SEARCH_INDEX, else ./index in
                                  a checkout, else the user's data folder]
                  --color <WHEN>  When to use colour [default: auto] [possible values: auto,
                                  always, never]
              -q, --quiet         Print errors and answers only

            Examples:
              abs-search facet author reward --top 20
              abs-search facet author --prefix lu
              abs-search facet year 'cat:cs.CL' --json
        "#]],
    );
}

#[test]
fn show() {
    Session::empty().check(
        &["help", "show"],
        expect![[r#"
        exit 0
        Print one record in full

        Usage: abs-search show [OPTIONS] <ID>

        Arguments:
          <ID>  Id as hits print it, or a DOI, an arXiv id, a PubMed id

        Options:
              --json  Answer in JSON
          -h, --help  Print help

        Global options:
              --index <DIR>   Index folder [default: $ABS_SEARCH_INDEX, else ./index in
                              a checkout, else the user's data folder]
              --color <WHEN>  When to use colour [default: auto] [possible values: auto,
                              always, never]
          -q, --quiet         Print errors and answers only

        Examples:
          abs-search show arXiv:2503.10291
          abs-search show 10.1038/nature14539 --json
    "#]],
    );
}

#[test]
fn count() {
    Session::empty().check(
        &["help", "count"],
        expect![[r#"
            exit 0
            Count the records that match all of a query

            Usage: abs-search count [OPTIONS] [QUERY]...

            Arguments:
              [QUERY]...  Query, its words joined by blanks; `*` for all records

            Options:
                  --query-file <FILE>  Read the query from a file, such as the search of a
                                       systematic review with thousands of terms; `-` is
                                       standard input
                  --no-expand          Do not let acronyms find what they stand for, nor the
                                       other way round
                  --json               Answer in JSON
                  --all-versions       Show and count every record, also several of one work
              -h, --help               Print help

            Filters (given again: any of the values):
                  --author <NAME>   Keep works of this very author, `Family, Given`
                  --year <YEARS>    Keep works of a year or of years: 2024, 2020..2023,
                                    2020.., ..1999
                  --venue <NAME>    Keep works of this venue; words of a name find all that
                                    have them
                  --cat <CATEGORY>  Keep works of this category; `cs` is all of cs.CL, cs.LG
                                    and so on

            Global options:
                  --index <DIR>   Index folder [default: $ABS_SEARCH_INDEX, else ./index in
                                  a checkout, else the user's data folder]
                  --color <WHEN>  When to use colour [default: auto] [possible values: auto,
                                  always, never]
              -q, --quiet         Print errors and answers only

            Examples:
              abs-search count 'reward year:2020..2024'
              abs-search count --author 'Lu, Lewei' multimodal
        "#]],
    );
}

#[test]
fn stats() {
    Session::empty().check(
        &["help", "stats"],
        expect![[r#"
            exit 0
            Print the index in numbers

            Usage: abs-search stats [OPTIONS]

            Options:
                  --files  Print the account of every file the index was made of
                  --json   Answer in JSON
              -h, --help   Print help

            Global options:
                  --index <DIR>   Index folder [default: $ABS_SEARCH_INDEX, else ./index in
                                  a checkout, else the user's data folder]
                  --color <WHEN>  When to use colour [default: auto] [possible values: auto,
                                  always, never]
              -q, --quiet         Print errors and answers only

            Examples:
              abs-search stats
              abs-search stats --files
              abs-search stats --files --json | jq '.sources.files[] | select(.rejected >
              0)'

            Below the numbers stand the files the index was made of, each as it was last
            read:
            read = indexed + updated + unchanged + duplicate + deleted + rejected.
        "#]],
    );
}

#[test]
fn parse() {
    Session::empty().check(
        &["help", "parse"],
        expect![[r#"
            exit 0
            Print how a query is read, without searching

            Usage: abs-search parse [OPTIONS] [QUERY]...

            Arguments:
              [QUERY]...  Query, its words joined by blanks; `*` for all records

            Options:
                  --query-file <FILE>  Read the query from a file, such as the search of a
                                       systematic review with thousands of terms; `-` is
                                       standard input
                  --json               Answer in JSON
              -h, --help               Print help

            Global options:
                  --index <DIR>   Index folder [default: $ABS_SEARCH_INDEX, else ./index in
                                  a checkout, else the user's data folder]
                  --color <WHEN>  When to use colour [default: auto] [possible values: auto,
                                  always, never]
              -q, --quiet         Print errors and answers only

            Examples:
              abs-search parse 'title:(deep learning) -survey year:2020..'
              abs-search parse --json 'reward AND'
              abs-search parse --index index 'PRM benchmarks'

            With --index it also prints what acronyms stand for in that index.
        "#]],
    );
}

#[test]
fn eval() {
    Session::empty().check(
        &["help", "eval"],
        expect![[r#"
            exit 0
            Measure the ranking on judged collections, or by works that are known

            Usage: abs-search eval [OPTIONS] [DIR]...

            Arguments:
              [DIR]...  Folders with judged collections

            Options:
                  --split <NAME>     Judgements to use: the name of a file in qrels
                                     [default: test, else dev, else train]
                  --depth <N>        Hits of each topic [default: 100]
                  --no-expand        Do not let acronyms find what they stand for, nor the
                                     other way round
                  --run <FILE>       Write the hits as a TREC run; with several collections,
                                     one after the other
                  --known-items <N>  Ask for so many works of the index: by title, by five
                                     words of it, by author and two rarest words of it, by a
                                     sentence of the abstract
                  --seed <N>         Which works are drawn [default: 1]
                  --missed           List the queries whose work did not come first, with
                                     its rank
                  --json             Answer in JSON
              -h, --help             Print help

            Advanced:
                  --without <PART>  Leave parts of the ranking out, to see what they are
                                    worth [possible values: question-words, adjacency,
                                    titles, neighbours]

            Global options:
                  --index <DIR>   Index folder [default: $ABS_SEARCH_INDEX, else ./index in
                                  a checkout, else the user's data folder]
                  --color <WHEN>  When to use colour [default: auto] [possible values: auto,
                                  always, never]
              -q, --quiet         Print errors and answers only

            Examples:
              abs-search eval beir/scifact
              abs-search eval beir/* --json
              abs-search eval beir/scifact --split train --run scifact.run
              abs-search eval --known-items 1000 --index /data/abs-index

            DIR holds a judged collection as BEIR lays it out: corpus.jsonl, queries.jsonl
            and qrels/*.tsv, plain
            or packed. Its records are indexed in a temporary folder and every judged topic
            is searched as if
            typed. Measures are trec_eval's, means over all judged topics; AP and RR look as
            deep as --depth.
        "#]],
    );
}

#[test]
fn the_query_language_is_on_one_page() {
    let answer = Session::empty().run(&["help", "syntax"]);
    assert_eq!(answer.code, 0);
    for word in ["title:", "author:", "year:", "AND", "OR", "NOT"] {
        assert!(answer.out.contains(word), "{word} is missing");
    }
}

#[test]
fn help_without_a_topic_is_the_top() {
    let session = Session::empty();
    assert_eq!(session.run(&["help"]).out, session.run(&["--help"]).out);
}
