//! Authors as people type them.

use expect_test::expect;

use super::check;

#[test]
fn authors() {
    check(
        &[
            "author:lu",
            "au:\"Lu, Lewei\"",
            "author:\"Lewei Lu\"",
            "author:\"Lu, L\"",
            "author:Lu, Lewei",
            "author:Lu, Lewei reward",
            "author: Lu",
            "author:Smith J. A. cancer",
            "author:Smith J cancer",
            "author:J.-P. Serre",
            "au:(lu OR wang)",
            "au:(lu AND wang)",
            "au:(Lewei Lu)",
            "au:(\"Lu, L\" \"Wang, W\")",
            "au:(Lu, Lewei; Wang, Weiyun)",
            "au:(Lu, Lewei and Wang, Weiyun)",
            "au:(Physics and Chemistry Group)",
            "=author:\"Lu, L.\"",
            "author:=\"Lu, L.\"",
            "^\"Lu, Lewei\"",
            "author:\"^Lu, Lewei\"",
            "author:^Lu",
            "first_author:\"Lu, Lewei\"",
            "au:del_maestro",
            "au:O'Brien",
            "au:\"van der Berg, J.\"",
            "au:Müller",
            "au:lu*",
            "au:\"lu, l*\"",
            "-au:lu reward",
            "au:\"ATLAS Collaboration\"",
            "au:lu~1",
            "author:",
            "author:\"\"",
            "author:lu^2",
            "ti,au:lu",
            "au:lu au:wang",
            "author:lu, 2020",
            "author:Lu, Lewei AND reward",
            "au:(^Lu)",
            "au:(Lewei Lu -Wang)",
            "Lu, Lewei",
            "Lewei Lu",
        ],
        expect![[r#"
            author:lu
                author:"lu"
            au:"Lu, Lewei"
                author:"Lu, Lewei"
            author:"Lewei Lu"
                author:"Lewei Lu"
            author:"Lu, L"
                author:"Lu, L"
            author:Lu, Lewei
                author:"Lu, Lewei"
                7..16 read as the author "Lu, Lewei": quote names of several words
            author:Lu, Lewei reward
                author:"Lu, Lewei" reward
                7..16 read as the author "Lu, Lewei": quote names of several words
            author: Lu
                author:"Lu"
            author:Smith J. A. cancer
                author:"Smith J. A." cancer
                7..18 read as the author "Smith J. A.": quote names of several words
            author:Smith J cancer
                author:"Smith J" cancer
                7..14 read as the author "Smith J": quote names of several words
            author:J.-P. Serre
                author:"J.-P Serre"
                7..18 read as the author "J.-P Serre": quote names of several words
            au:(lu OR wang)
                author:"lu" OR author:"wang"
            au:(lu AND wang)
                author:"lu" AND author:"wang"
            au:(Lewei Lu)
                author:"Lewei Lu"
            au:("Lu, L" "Wang, W")
                author:"Lu, L" author:"Wang, W"
            au:(Lu, Lewei; Wang, Weiyun)
                author:"Lu, Lewei" author:"Wang, Weiyun"
            au:(Lu, Lewei and Wang, Weiyun)
                author:"Lu, Lewei" author:"Wang, Weiyun"
            au:(Physics and Chemistry Group)
                author:"Physics and Chemistry Group"
            =author:"Lu, L."
                =author:"Lu, L."
            author:="Lu, L."
                =author:"Lu, L."
            ^"Lu, Lewei"
                author:"^Lu, Lewei"
            author:"^Lu, Lewei"
                author:"^Lu, Lewei"
            author:^Lu
                author:"^Lu"
            first_author:"Lu, Lewei"
                author:"^Lu, Lewei"
            au:del_maestro
                author:"del maestro"
            au:O'Brien
                author:"O'Brien"
            au:"van der Berg, J."
                author:"van der Berg, J."
            au:Müller
                author:"Müller"
            au:lu*
                author:"lu*"
            au:"lu, l*"
                author:"lu, l*"
            -au:lu reward
                NOT author:"lu" reward
            au:"ATLAS Collaboration"
                author:"ATLAS Collaboration"
            au:lu~1
                author:"lu"
            author:
                ()
                0..7 nothing behind this: left out
            author:""
                ()
                7..9 no name here: matches nothing
            author:lu^2
                author:"lu"^2
            ti,au:lu
                title,author:lu
            au:lu au:wang
                author:"lu" author:"wang"
            author:lu, 2020
                author:"lu" 2020
            author:Lu, Lewei AND reward
                author:"Lu, Lewei" AND reward
                7..16 read as the author "Lu, Lewei": quote names of several words
            au:(^Lu)
                author:"^Lu"
            au:(Lewei Lu -Wang)
                author:"Lewei Lu" NOT author:"Wang"
            Lu, Lewei
                Lu Lewei
            Lewei Lu
                Lewei Lu
        "#]],
    );
}

#[test]
fn several_names_at_once() {
    check(
        &[
            "author:\"Lu, Lewei; Wang, Weiyun\"",
            "author:\"Lu, Lewei and Wang, Weiyun\"",
            "author:\"Institute of Physics and Chemistry\"",
            "author:\"Lu, Lewei;\"",
            "author:\";\"",
            "intitle:quark inauthor:lu",
            "Vaswani et al., 2017 attention",
            "(Lu et al)",
            "et al",
            "et alia",
            "\"Lu et al.\"",
        ],
        expect![[r#"
            author:"Lu, Lewei; Wang, Weiyun"
                author:"Lu, Lewei" AND author:"Wang, Weiyun"
            author:"Lu, Lewei and Wang, Weiyun"
                author:"Lu, Lewei" AND author:"Wang, Weiyun"
            author:"Institute of Physics and Chemistry"
                author:"Institute of Physics and Chemistry"
            author:"Lu, Lewei;"
                author:"Lu, Lewei"
            author:";"
                ()
                7..10 no name here: matches nothing
            intitle:quark inauthor:lu
                title:quark author:"lu"
            Vaswani et al., 2017 attention
                Vaswani 2017 attention
            (Lu et al)
                Lu
            et al
                et, al
            et alia
                et, alia
            "Lu et al."
                "Lu et al."
        "#]],
    );
}
