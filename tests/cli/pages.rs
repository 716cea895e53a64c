//! Hits as people see them.

use expect_test::expect;

use crate::corpus;
use crate::session::Session;

#[test]
fn hits() {
    let args = ["process", "reward", "model", "-n", "2"];
    Session::seeds().check(
        &args,
        expect![[r#"
            exit 0
             1. VisualPRM: An Effective Process Reward Model for Multimodal Reasoning
                Wang, Weiyun; Gao, Zhangwei; Chen, Lianjie; Chen, Zhe; +11
                abs:ff0119e89b9a9dade1f43e41015e04ed
                … an advanced multimodal Process Reward Model (PRM) with 8B parameters,
                which improves the reasoning abilities of existing Multimodal Large Language
                Models (MLLMs) across different model scales and families with Best-of-N
                (BoN) evaluation …

            1 record matches all words; below are the best partial matches.

             2. Auto MC-Reward: Automated Dense Reward Design with Large Language Models for
                Minecraft
                Li, Hao; Yang, Xue; Wang, Zhaokai; Zhu, Xizhou; +6
                abs:28e80b48a6bad050293b3f83ab5d0a62
                … To address this, this paper introduces an advanced learning system, named
                Auto MC-Reward, that leverages Large Language Models (LLMs) to automatically
                design dense reward functions, thereby enhancing the learning efficiency. …

            also searched: process reward model → PRM
            1 result, 1 partial match
        "#]],
    );
}

#[test]
fn hits_in_colour() {
    let args = ["au:lewei", "occupancy", "-n", "1", "--color", "always"];
    let answer = Session::seeds().run(&args);
    let shown = answer.out.replace('\u{1b}', "␛");
    expect![[r#"
        ␛[2m 1.␛[0m ␛[1mScene as ␛[0m␛[1m␛[31mOccupancy␛[0m
            Sima, Chonghao; Tong, Wenwen; Wang, Tai; Chen, Li; … Lu, ␛[1m␛[31mLewei␛[0m␛[2m; +6␛[0m
            ␛[36mabs:8dd3731799fdee64b4d4280fadb3b1d5␛[0m
            ␛[2m… ␛[0mIn this paper, we propose OccNet, a multi-view vision-centric pipeline
            with a cascade and temporal voxel decoder to reconstruct 3D ␛[1m␛[31moccupancy␛[0m. At
            the core of OccNet is a general ␛[1m␛[31moccupancy␛[0m embedding to represent 3D physical
            world.␛[2m …␛[0m

        ␛[2m1 result␛[0m
    "#]].assert_eq(&shown);
}

#[test]
fn no_hits() {
    corpus::session().check(
        &["zyzzyva"],
        expect![[r#"
        exit 1
        0 results
        --- stderr
        note: no record has: zyzzyva
    "#]],
    );
}

#[test]
fn hits_with_facets() {
    let args = [
        "imaging",
        "--facet",
        "author,year",
        "--facet",
        "venue",
        "--snippet",
        "0",
    ];
    corpus::session().check(
        &args,
        expect![[r#"
            exit 0
             1. Xray imaging of lungs
                Doe, Jane
                2023 · Radiology · t:4

             2. Non-invasive imaging
                Roe, Richard
                2025 · t:6

             3. Imaging with an X ray tube
                Doe, Jane; Smith, Anna
                2024 · Physics Letters · t:5

             4. An x-ray study of bones
                Smith, Bob
                2022 · Radiology · t:3

            author  4 values
              2  Doe, Jane
              1  Roe, Richard
              1  Smith, Anna
              1  Smith, Bob

            year  4 values
              1  2022
              1  2023
              1  2024
              1  2025

            venue  2 values
              2  Radiology
              1  Physics Letters

            4 results
        "#]],
    );
}

#[test]
fn explained() {
    let session = corpus::session();
    let answer = session.run(&["reward", "-n", "1", "--explain"]);
    assert!(answer.out.contains("\"reward\""), "{answer:?}");
}

#[test]
fn how_a_query_was_understood() {
    let session = corpus::session();
    let query = "author:\"Muller, J\" OR zzz* OR rewa*";
    let answer = session.run(&[query, "-n", "1", "--explain"]);
    let first: Vec<&str> = answer.out.lines().take(6).collect();
    expect![[r#"
        read as author:"Muller, J" OR zzz* OR rewa*
          Muller, J stands for Mueller, J.; Muller, Jane; Müller, Jörg
          zzz* stands for nothing
          rewa* stands for reward

         1. Shallow reward learning"#]]
    .assert_eq(&first.join("\n"));
}

#[test]
fn a_tree() {
    let args = [
        "parse",
        "title:(deep \"learning rate\") -survey year:2020.. AND",
    ];
    Session::empty().check(
        &args,
        expect![[r#"
        exit 0
        title:(deep "learning rate") AND NOT survey AND year:2020..
        and 0..48
          scoped title  0..27
            words 7..27
              term deep  7..11
              phrase learning rate  12..27
          not 29..36
            term survey  30..36
          dates from 2020  42..48
        --- stderr
        warning: nothing behind this operator: left out
          …ng rate") -survey year:2020.. AND
                                         ^^^
    "#]],
    );
}

#[test]
fn lines_keep_to_the_width() {
    for columns in ["40", "80", "120"] {
        let mut command = Session::seeds().command(&["multimodal", "-n", "10"]);
        let output = command.env("COLUMNS", columns).output().unwrap();
        let columns: usize = columns.parse().unwrap();
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            assert!(line.chars().count() <= columns, "{columns}: {line}");
        }
    }
}

#[test]
fn colour_only_where_it_is_wanted() {
    let session = Session::seeds();
    let args = ["reward", "-n", "1"];
    assert!(!session.run(&args).out.contains('\u{1b}'));
    let always = [&args[..], &["--color", "always"]].concat();
    let output = session.command(&always).env("NO_COLOR", "1").output();
    assert!(output.unwrap().stdout.contains(&0x1b));
    let never = [&args[..], &["--color", "never"]].concat();
    assert!(!session.run(&never).out.contains('\u{1b}'));
}

#[test]
fn pages_follow_one_another() {
    let session = Session::seeds();
    let all = session.ids(&["multimodal", "-n", "20"]);
    let mut pages = Vec::new();
    for offset in (0..all.len()).step_by(3) {
        let offset = offset.to_string();
        pages.extend(session.ids(&["multimodal", "-n", "3", "--offset", &offset]));
    }
    assert!(all.len() > 6);
    assert_eq!(pages, all);
    let ranks = session.json(&["multimodal", "--json", "-n", "3", "--offset", "2"]);
    assert_eq!(ranks["hits"][0]["rank"], 3);
    let beyond = session.run(&["multimodal", "--offset", "5000"]);
    assert!(beyond.code < 2, "{beyond:?}");
}

#[test]
fn partial_matches_come_after_full_ones() {
    let session = corpus::session();
    let answer = session.json(&["deep", "reward", "--json"]);
    assert_eq!(answer["total"], 1);
    let full: Vec<bool> = answer["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| hit["full_match"].as_bool().unwrap())
        .collect();
    assert_eq!(full, [true, false, false]);
    assert_eq!(answer["query"]["relaxed"]["full"], 1);
    assert_eq!(answer["query"]["relaxed"]["partial_on_page"], 2);
    let full = session.json(&["deep", "reward", "--json", "--no-relax"]);
    assert_eq!(full["hits"].as_array().unwrap().len(), 1);
    assert!(full["query"]["relaxed"].is_null());
}

#[test]
fn sorted_by_date() {
    let session = corpus::session();
    let all = ["--facet", "year", "-n", "20", "--sort"];
    let oldest = session.ids(&[&all[..], &["date"]].concat());
    assert_eq!(
        oldest,
        ["t:7", "t:1", "t:2", "t:3", "t:4", "t:5", "t:6", "t:8"]
    );
    let newest = session.ids(&[&all[..], &["-date"]].concat());
    assert_eq!(
        newest,
        ["t:6", "t:5", "t:4", "t:3", "t:2", "t:1", "t:7", "t:8"]
    );
}

#[test]
fn more_snippets_than_one_and_whole_abstracts() {
    let session = corpus::session();
    session.check(
        &[
            "reward naive",
            "-n",
            "1",
            "--snippets",
            "2",
            "--snippet",
            "30",
        ],
        expect![[r#"
            exit 0
             1. Deep reward learning
                Müller, Jörg; Lu, Lewei
                2019 · Journal of Tests · t:1
                Reward models are trained. … in naïve settings.

            1 result
        "#]],
    );
    session.check(
        &["naive", "--full", "-n", "1", "--no-relax"],
        expect![[r#"
            exit 0
             1. Naive Bayes revisited
                Mueller, J.
                2018 · t:7
                A classic classifier.

            result 1 of 2
        "#]],
    );
    let answer = session.json(&[
        "reward naive",
        "-n",
        "1",
        "--snippets",
        "2",
        "--snippet",
        "30",
        "--json",
    ]);
    let hit = &answer["hits"][0];
    assert_eq!(hit["snippets"].as_array().unwrap().len(), 2);
    assert!(hit["snippets"][0]["start"].as_u64() < hit["snippets"][1]["start"].as_u64());
    assert!(
        hit["snippets"]
            .as_array()
            .unwrap()
            .contains(&hit["snippet"])
    );
    let answer = session.json(&["reward", "-n", "1", "--json"]);
    assert_eq!(answer["hits"][0]["snippets"], serde_json::json!([]));
}
