//! Answers of Europe PMC's REST service.

use super::*;

#[test]
fn core_results_say_more_than_lite_ones() {
    check_file(
        r#"{"version":"6.9","hitCount":2,"nextCursorMark":"x","request":{"queryString":"title:x","resultType":"core"},"resultList":{"result":[
{"id":"31","source":"MED","pmid":"31","pmcid":"PMC7","fullTextIdList":{"fullTextId":["PMC7"]},"doi":"10.1000/Epmc","title":"A title.","authorString":"Müller J, CMS Collaboration.","authorList":{"author":[{"fullName":"Müller J","firstName":"Jan","lastName":"Müller","initials":"J","authorId":{"type":"ORCID","value":"0000-0002-1825-0097"},"authorAffiliationDetailsList":{"authorAffiliation":[{"affiliation":"X"}]}},{"fullName":"Lee A","lastName":"Lee","initials":"A"},{"collectiveName":"CMS Collaboration"}]},"authorIdList":{"authorId":[{"type":"ORCID","value":"0000-0002-1825-0097"}]},"journalInfo":{"issue":"2","volume":"7","journalIssueId":9,"yearOfPublication":2020,"journal":{"title":"Journal of Things","medlineAbbreviation":"J Things","issn":"1"}},"pubYear":"2020","abstractText":"<h4>Aims</h4>To see.","language":"eng","meshHeadingList":{"meshHeading":[{"majorTopic_YN":"N","descriptorName":"Humans","meshQualifierList":{"meshQualifier":[{"qualifierName":"no"}]}},{"descriptorName":"Mice"}]},"keywordList":{"keyword":["screening","deep learning"]},"firstPublicationDate":"2020-05-06"},
{"id":"32","source":"MED","title":"Other","authorString":"Müller J, CMS Collaboration.","pubYear":"2021"}]}}"#,
        expect![[r#"
            id 31
            title A title.
            authors Müller, Jan; Lee, A; CMS Collaboration
            orcids 0000-0002-1825-0097
            abstract Aims: To see.
            date 2020-05-06
            venue Journal of Things
            keywords screening | deep learning | Humans | Mice
            doi 10.1000/epmc
            pmid 31
            language en

            id 32
            title Other
            authors Müller, J; CMS Collaboration
            date 2021
        "#]],
    );
}
