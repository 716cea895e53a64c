//! What columns are called.

use super::mapping::Mapping;

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Id,
    /// A number that rows may have in every table.
    RowId,
    Title,
    Abstract,
    Authors,
    /// Authors with nothing between them, as SpringerLink writes them.
    RunTogether,
    /// Authors that are no persons, beside those that are.
    Groups,
    Date,
    /// Month and day without the year: `MAR 15`.
    Day,
    Venue,
    Categories,
    /// Categories with `;` between them, which have commas in them: `Physics,
    /// Multidisciplinary`.
    Subjects,
    Keywords,
    Doi,
    Arxiv,
    Pmid,
    Url,
    Language,
    /// Zotero's notes, which may have ids in them.
    Extra,
}

/// A column; of several about the same the lowest rank that has something
/// counts, of keywords and categories all do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) slot: Slot,
    pub(super) rank: u8,
}

/// The slots that can be asked for, with their names.
const NAMES: &[(&str, Slot)] = &[
    ("id", Slot::Id),
    ("title", Slot::Title),
    ("abstract", Slot::Abstract),
    ("authors", Slot::Authors),
    ("date", Slot::Date),
    ("venue", Slot::Venue),
    ("categories", Slot::Categories),
    ("keywords", Slot::Keywords),
    ("doi", Slot::Doi),
    ("arxiv", Slot::Arxiv),
    ("pmid", Slot::Pmid),
    ("url", Slot::Url),
    ("language", Slot::Language),
];

impl Slot {
    pub(super) fn parse(name: &str) -> Option<Slot> {
        let name = match name.to_lowercase().as_str() {
            "author" => "authors".to_owned(),
            "year" => "date".to_owned(),
            "journal" => "venue".to_owned(),
            name => name.to_owned(),
        };
        let mut named = NAMES.iter().filter(|(known, _)| *known == name);
        named.next().map(|(_, slot)| *slot)
    }

    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }

    /// Whether a record can be found by it.
    pub(super) fn is_text(self) -> bool {
        matches!(self, Slot::Title | Slot::Abstract)
    }
}

/// The columns of a header that are known, with their places.
pub(super) fn of(names: &[String], mapping: Option<&Mapping>) -> Vec<(usize, Column)> {
    let simple: Vec<String> = names.iter().map(|name| simplified(name)).collect();
    // Web of Science writes its tags, of which `ID` is no id.
    let has = |tag: &str| simple.iter().any(|name| name == tag);
    let has_tags = has("pt") && has("ut") && has("ti");
    let is_springer = has("itemtitle") && has("itemdoi");
    let column = |(idx, name): (usize, &String)| {
        if let Some(slot) = mapping.and_then(|mapping| mapping.slot(&names[idx])) {
            return Some((idx, Column { slot, rank: 0 }));
        }
        let (slot, rank) = match has_tags {
            true => tag(name)?,
            false if names[idx].trim() == "_id" => (Slot::Id, 0),
            false if is_springer && name == "authors" => (Slot::RunTogether, 0),
            false => known(name)?,
        };
        let is_taken = mapping.is_some_and(|mapping| mapping.has(slot));
        (!is_taken).then_some((
            idx,
            Column {
                slot,
                rank: rank + 1,
            },
        ))
    };
    simple.iter().enumerate().filter_map(column).collect()
}

/// A name in lower case with nothing but letters and digits; what stands in
/// parentheses is a remark, unless it is `(s)`.
fn simplified(name: &str) -> String {
    let name = name.trim_start_matches('\u{feff}').to_lowercase();
    let name = name.replace("(s)", "s").replace("/s", "s");
    let name = name.split('(').next().unwrap_or_default();
    name.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The tags of Web of Science's tab-delimited export.
fn tag(name: &str) -> Option<(Slot, u8)> {
    Some(match name {
        "ti" => (Slot::Title, 0),
        "ab" => (Slot::Abstract, 0),
        "af" => (Slot::Authors, 0),
        "au" => (Slot::Authors, 1),
        "ca" => (Slot::Groups, 0),
        "py" => (Slot::Date, 0),
        "pd" => (Slot::Day, 0),
        "so" => (Slot::Venue, 0),
        "wc" => (Slot::Subjects, 0),
        "de" => (Slot::Keywords, 0),
        "id" => (Slot::Keywords, 1),
        "di" => (Slot::Doi, 0),
        "pm" => (Slot::Pmid, 0),
        "ut" => (Slot::Id, 0),
        "la" => (Slot::Language, 0),
        _ => return None,
    })
}

fn known(name: &str) -> Option<(Slot, u8)> {
    use Slot::*;
    Some(match name {
        "corduid" | "paperid" | "docid" | "documentid" | "ut" | "utuniquewosid" | "utuniqueid"
        | "lensid" | "openalexid" | "cochranereviewid" => (Id, 0),
        "corpusid" | "publicationid" | "uid" => (Id, 1),
        "eid" => (Id, 2),
        "id" | "recordid" | "key" => (RowId, 0),

        "title" | "articletitle" | "documenttitle" | "papertitle" | "itemtitle"
        | "primarytitle" | "titel" | "titre" | "título" | "titulo" | "titolo" | "标题" => {
            (Title, 0)
        }
        "titles" | "displayname" | "ti" | "t1" => (Title, 1),

        "abstract" | "abstractnote" | "abstracttext" | "paperabstract" | "notesabstract"
        | "zusammenfassung" | "résumé" | "resumen" | "摘要" => (Abstract, 0),
        "abstracts" | "ab" => (Abstract, 1),
        "summary" => (Abstract, 2),
        "text" => (Abstract, 3),
        "description" => (Abstract, 4),

        // OpenAlex names a column by its path.
        "authorfullnames" | "authorsfullnames" | "authorshipsauthordisplayname" => (Authors, 0),
        "authors" | "authorsparsed" | "auteurs" | "autoren" | "autores" => (Authors, 1),
        "author" | "authornames" | "authorname" | "authorlist" | "authortext" | "creators" => {
            (Authors, 2)
        }
        "creator" | "firstauthors" | "au" => (Authors, 3),
        "authorshipsrawauthorname" => (Authors, 4),
        "firstauthor" => (Authors, 9),
        "groupauthors" => (Groups, 0),

        "date" | "publicationdate" | "datepublished" | "publishtime" | "pubdate" => (Date, 0),
        "published" | "publisheddate" | "publishdate" | "dateofpublication" => (Date, 1),
        "year" | "publicationyear" | "pubyear" | "yearpublished" | "publishedyear" | "py"
        | "jahr" | "année" | "año" => (Date, 4),
        "created" => (Date, 5),
        "updated" | "updatedate" => (Date, 6),
        "createdate" => (Date, 7),

        "journal"
        | "journaltitle"
        | "journalname"
        | "journalbook"
        | "sourcetitle"
        | "venue"
        | "publicationname"
        | "publicationtitle"
        | "containertitle"
        | "booktitle"
        | "primarylocationsourcedisplayname"
        | "sourcedisplayname"
        | "hostvenuedisplayname" => (Venue, 0),
        "conference" | "conferencename" | "conferencetitle" | "secondarytitle" | "journalref"
        | "pubtitle" | "jo" | "t2" => (Venue, 1),
        // Google Scholar
        "publication" => (Venue, 2),
        "source" => (Venue, 5),

        "woscategories" | "researchareas" | "fieldsofresearch" => (Subjects, 0),
        "categories"
        | "category"
        | "subjectareas"
        | "subjects"
        | "fieldsofstudy"
        | "primarytopicdisplayname" => (Categories, 0),
        "subject"
        | "primarycategory"
        | "topicsdisplayname"
        | "conceptsdisplayname"
        | "primarytopic" => (Categories, 1),

        "keywords"
        | "keyword"
        | "authorkeywords"
        | "indexkeywords"
        | "keywordsplus"
        | "keywordsdisplayname"
        | "manualtags"
        | "meshterms"
        | "ieeeterms"
        | "schlagwörter"
        | "kw"
        | "motsclés" => (Keywords, 0),
        "automatictags" | "tags" | "emtreemedicalindexterms" | "emtreedrugindexterms" => {
            (Keywords, 1)
        }

        "doi" | "itemdoi" | "doinumber" | "dois" | "digitalobjectidentifier" | "do" => (Doi, 0),
        "arxivid" | "arxiv" => (Arxiv, 0),
        "pmid" | "pubmedid" | "idspmid" | "medlinepmid" => (Pmid, 0),

        "url" | "urls" | "link" | "articleurl" | "fulltextlink" => (Url, 0),
        "externalurl" | "sourceurl" | "sourceurls" | "htmllink" | "plink" | "pdflink"
        | "openurllink" | "doiurl" | "doilink" => (Url, 1),

        "language" | "languageoforiginaldocument" | "languageofarticle" | "lang" | "la" => {
            (Language, 0)
        }

        "extra" => (Extra, 0),
        _ => return None,
    })
}
