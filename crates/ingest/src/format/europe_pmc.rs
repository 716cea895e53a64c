//! Answers of Europe PMC's search as XML
//! (<https://europepmc.org/RestfulWebService>), `lite` or `core`. Those as
//! JSON are read by [`JsonLines`](super::JsonLines).

use std::io::BufRead;
use std::path::Path;

use super::xml::{self, Cursor, Dialect, Found, Root, Tag, Wanted};
use super::{Confidence, Format, Head, Items};
use crate::draft::{Draft, RawAuthor, RawName};
use crate::error::ReadErrorKind;
use crate::ids;

/// XML of Europe PMC's search.
#[derive(Debug, Clone, Copy)]
pub struct EuropePmc;

impl Format for EuropePmc {
    fn name(&self) -> &'static str {
        "Europe PMC XML"
    }

    fn source(&self) -> &'static str {
        "europepmc"
    }

    fn sniff(&self, head: &Head<'_>) -> Confidence {
        match Root::find(head) {
            Some(root) if root.name == "responseWrapper" => Confidence::Certain,
            Some(root) if root.name == "resultList" && root.has("<result>") => Confidence::Likely,
            _ => Confidence::No,
        }
    }

    fn open<'a>(&self, input: Box<dyn BufRead + Send + 'a>, path: &Path) -> Items<'a> {
        xml::open(Reader, input, path)
    }
}

struct Reader;

impl Dialect for Reader {
    const WANTED: Wanted = Wanted {
        elements: &["result"],
        tags: &[],
        breaks: &["result"],
    };

    fn element(
        &mut self,
        _: &Tag<'_>,
        cursor: &mut Cursor<'_>,
        found: &mut Found,
    ) -> Result<(), ReadErrorKind> {
        let mut draft = Draft::default();
        let (mut id, mut year, mut names) = (None, None, None);
        let level = cursor.level();
        while let Some(tag) = cursor.child(level)? {
            match tag.name() {
                "id" => id = Some(cursor.text()?),
                "pmid" => draft.pmid = ids::pmid(&cursor.text()?),
                "doi" => draft.doi = Some(cursor.text()?),
                "title" => draft.title = Some(cursor.text()?),
                "authorString" => names = Some(cursor.text()?),
                "authorList" => authors(cursor, &mut draft.authors)?,
                "journalInfo" | "journal" => journal(cursor, &mut draft.venue)?,
                "journalTitle" => draft.venue = Some(cursor.text()?),
                "pubYear" => year = ids::date(&cursor.text()?),
                "firstPublicationDate" => draft.date = ids::date(&cursor.text()?),
                "abstractText" => draft.abstract_text = Some(cursor.text()?),
                "language" => draft.language = Some(cursor.text()?),
                "keywordList" => each(cursor, "keyword", &mut draft.keywords)?,
                "meshHeadingList" => {
                    let level = cursor.level();
                    while cursor.child(level)?.is_some() {
                        each(cursor, "descriptorName", &mut draft.keywords)?;
                    }
                }
                _ => {}
            }
        }
        draft.date = draft.date.or(year);
        if draft.authors.is_empty()
            && let Some(names) = names
        {
            // The list ends with a period.
            let names = names.trim_end().trim_end_matches('.');
            draft.authors.push(RawName::List(names.to_owned()).into());
        }
        // A number is a PubMed id; preprints and others have ids like `PPR1`.
        if draft.doi.is_none() && draft.pmid.is_none() {
            let id = id.filter(|id| !id.trim().is_empty());
            draft.id = id.map(|id| format!("europepmc:{}", id.trim()));
        }
        found.draft(draft);
        Ok(())
    }
}

/// The title of `journal`, in `journalInfo` or not.
fn journal(cursor: &mut Cursor<'_>, venue: &mut Option<String>) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "journal" => journal(cursor, venue)?,
            "title" => *venue = Some(cursor.text()?),
            _ => {}
        }
    }
    Ok(())
}

fn authors(cursor: &mut Cursor<'_>, authors: &mut Vec<RawAuthor>) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        if tag.name() == "author" {
            authors.push(author(cursor)?);
        }
    }
    Ok(())
}

fn author(cursor: &mut Cursor<'_>) -> Result<RawAuthor, ReadErrorKind> {
    let [mut whole, mut family, mut given, mut initials] = [const { String::new() }; 4];
    let (mut collective, mut orcid) = (None, None);
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        match tag.name() {
            "fullName" => whole = cursor.text()?,
            "lastName" => family = cursor.text()?,
            "firstName" => given = cursor.text()?,
            "initials" => initials = cursor.text()?,
            "collectiveName" => collective = Some(cursor.text()?),
            "authorId" if tag.is("type", "ORCID") => orcid = Some(cursor.text()?),
            _ => {}
        }
    }
    let is_blank = |text: &str| text.trim().is_empty();
    let name = match collective {
        Some(name) if is_blank(&family) => RawName::Collective(name),
        _ if is_blank(&family) => RawName::One(whole),
        _ => RawName::Parts {
            family,
            given: match is_blank(&given) {
                true => initials,
                false => given,
            },
            particle: String::new(),
            suffix: String::new(),
        },
    };
    Ok(RawAuthor { name, orcid })
}

/// The texts of the children of this name.
fn each(cursor: &mut Cursor<'_>, name: &str, out: &mut Vec<String>) -> Result<(), ReadErrorKind> {
    let level = cursor.level();
    while let Some(tag) = cursor.child(level)? {
        if tag.name() == name {
            out.push(cursor.text()?);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::format::xml::testing::read;

    /// Our own text, in the form of the service's answers.
    #[test]
    fn core_and_lite_results() {
        let text = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<responseWrapper xmlns:slx="http://www.scholix.org"><version>6.9</version><hitCount>3</hitCount>
<request><queryString>title:x</queryString><resultType>core</resultType></request>
<resultList>
<result><id>90000010</id><source>MED</source><pmid>90000010</pmid><pmcid>PMC7</pmcid><doi>10.1000/epmc.1</doi>
<title>Of &lt;i&gt;wet&lt;/i&gt; fish.</title><authorString>Müller J, Lee A, Fish Group.</authorString>
<authorList>
<author><fullName>Müller J</fullName><firstName>Jan</firstName><lastName>Müller</lastName><initials>J</initials><authorId type="ORCID">0000-0002-1825-0097</authorId><authorAffiliationDetailsList><authorAffiliation><affiliation>X</affiliation></authorAffiliation></authorAffiliationDetailsList></author>
<author><fullName>Lee A</fullName></author>
<author><collectiveName>Fish Group</collectiveName></author>
</authorList>
<journalInfo><issue>2</issue><yearOfPublication>2020</yearOfPublication><journal><title>Journal of Fish</title><medlineAbbreviation>J Fish</medlineAbbreviation></journal></journalInfo>
<pubYear>2020</pubYear><abstractText>&lt;h4&gt;Aims&lt;/h4&gt;To see &amp;amp; say.</abstractText><language>eng</language>
<meshHeadingList><meshHeading><majorTopic_YN>N</majorTopic_YN><descriptorName>Fishes</descriptorName><meshQualifierList><meshQualifier><qualifierName>no</qualifierName></meshQualifier></meshQualifierList></meshHeading></meshHeadingList>
<keywordList><keyword>water</keyword></keywordList>
<commentCorrectionList><commentCorrection><id>1</id></commentCorrection></commentCorrectionList>
<firstPublicationDate>2020-05-06</firstPublicationDate></result>
<result><id>PPR1</id><source>PPR</source><title>A preprint</title><authorString>Smith J, Müller K.</authorString><journalTitle>Archive</journalTitle><pubYear>2021</pubYear></result>
</resultList></responseWrapper>"#;
        expect![[r#"
            Europe PMC XML
            europepmc:doi:10.1000/epmc.1 Of wet fish.
              by: Müller, Jan (0000-0002-1825-0097); Lee, A; Fish Group
              on: 2020-05-06
              in: Journal of Fish
              keywords: Fishes; water
              doi: 10.1000/epmc.1
              pmid: 90000010
              language: en
              abstract: Aims: To see & say.
            europepmc:PPR1 A preprint
              by: Smith, J; Müller, K
              on: 2021
              in: Archive"#]]
        .assert_eq(&read(text));
    }

    #[test]
    fn an_answer_without_results() {
        let text = "<responseWrapper><hitCount>0</hitCount><resultList/></responseWrapper>";
        assert_eq!(read(text), "Europe PMC XML");
    }
}
