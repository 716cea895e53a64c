//! Titles, formulas and names of things, pasted: text, not operators.

use expect_test::expect;

use super::check;

#[test]
fn titles() {
    check(
        &[
            "process reward model",
            "BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding",
            "Attention Is All You Need",
            "VisualPRM: An Effective Process Reward Model for Multimodal Reasoning",
            "InternVL3.5: Advancing Open-Source Multimodal Models in Versatility, Reasoning, and Efficiency",
            "What is X? A survey (2nd edition)",
            "Why do tree-based models still outperform deep learning on tabular data?",
            "Is \"deep learning\" overrated? – A response",
            "“Why Should I Trust You?”: Explaining the Predictions of Any Classifier",
            "Language: a survey of methods",
            "Abstract: We propose a method",
            "Date: carbon dating of bones",
            "Title: On the origin of species",
            "A review: non-invasive imaging - past, present, and future",
            "Sleep and memory [review]",
            "Search & Rescue: R&D at AT&T",
            "Reply to: “Comment on ‘Quantum advantage’ ”",
            "Machine learning / deep learning / AI",
            "The *real* story",
            "Learning to (learn to) learn",
            "GANs, VAEs, and all that...",
            "To be, or not to be: that is the question",
            "TO BE OR NOT TO BE",
            "¿Qué es la vida? ¡Una revisión!",
            "深度学习 模型",
            "Ёлка и naïve façade",
            "Foo/bar: either and/or both",
            "5\" floppy disks and 3.5\" drives",
            "Programmed -1 ribosomal frameshifting at -80 °C",
            "Rock 'n' roll: the '60s",
            "Part I. Introduction; Part II. Methods",
            "year: the concept",
        ],
        expect![[r#"
            process reward model
                process reward model
            BERT: Pre-training of Deep Bidirectional Transformers for Language Understanding
                BERT Pre-training of Deep Bidirectional Transformers for Language Understanding
            Attention Is All You Need
                Attention Is All You Need
            VisualPRM: An Effective Process Reward Model for Multimodal Reasoning
                VisualPRM An Effective Process Reward Model for Multimodal Reasoning
            InternVL3.5: Advancing Open-Source Multimodal Models in Versatility, Reasoning, and Efficiency
                InternVL3.5 Advancing Open-Source Multimodal Models in Versatility Reasoning and Efficiency
            What is X? A survey (2nd edition)
                What is X A survey 2nd edition
            Why do tree-based models still outperform deep learning on tabular data?
                Why do tree-based models still outperform deep learning on tabular data
            Is "deep learning" overrated? – A response
                Is "deep learning" overrated A response
            “Why Should I Trust You?”: Explaining the Predictions of Any Classifier
                "Why Should I Trust You?" Explaining the Predictions of Any Classifier
            Language: a survey of methods
                Language a survey of methods
            Abstract: We propose a method
                Abstract We propose a method
            Date: carbon dating of bones
                Date carbon dating of bones
            Title: On the origin of species
                Title On the origin of species
            A review: non-invasive imaging - past, present, and future
                A review non-invasive imaging past present and future
            Sleep and memory [review]
                Sleep and memory [review]
            Search & Rescue: R&D at AT&T
                Search Rescue R&D at AT&T
            Reply to: “Comment on ‘Quantum advantage’ ”
                Reply to "Comment on ‘Quantum advantage’"
            Machine learning / deep learning / AI
                Machine learning deep learning AI
            The *real* story
                The real story
            Learning to (learn to) learn
                Learning to learn to learn
            GANs, VAEs, and all that...
                GANs VAEs and all that
            To be, or not to be: that is the question
                To be or not to be that is the question
            TO BE OR NOT TO BE
                TO AND BE OR NOT TO AND BE
                6..8 AND and words side by side bind tighter than OR: use parentheses to say which is meant
            ¿Qué es la vida? ¡Una revisión!
                Qué es la vida Una revisión
            深度学习 模型
                深度学习 模型
            Ёлка и naïve façade
                Ёлка и naïve façade
            Foo/bar: either and/or both
                Foo/bar either and/or both
            5" floppy disks and 3.5" drives
                5 floppy disks and 3.5 drives
            Programmed -1 ribosomal frameshifting at -80 °C
                Programmed 1 ribosomal frameshifting at 80 °C
                11..12 before a number `-` is a sign; NOT excludes it
                41..42 before a number `-` is a sign; NOT excludes it
            Rock 'n' roll: the '60s
                Rock n roll the 60s
            Part I. Introduction; Part II. Methods
                Part I Introduction Part II Methods
            year: the concept
                year the concept
        "#]],
    );
}

#[test]
fn science() {
    check(
        &[
            "p53",
            "15q13.3",
            "C++",
            "C#",
            ".NET",
            "He+",
            "Ca2+ signalling",
            "Ca(2+) channel",
            "poly(A) tail",
            "(S)-ibuprofen",
            "(-)-menthol",
            "(1→3)-β-D-glucan",
            "2-(4-chlorophenyl)acetic acid",
            "N,N-dimethyltryptamine",
            "benzo[a]pyrene",
            "[18F]FDG PET",
            "TNF-α IL-6",
            "IL-6 / STAT3",
            "BRCA1/2",
            "f(x) = x^2 + 1",
            "$\\alpha$-stable processes",
            "$O(n^2)$ algorithms",
            "E=mc^2",
            "L^2 norm",
            "A* search",
            "C*-algebra",
            "\\emph{deep} learning",
            "p < 0.05",
            "α-synuclein & β-amyloid",
            "H2O2",
            "Fe(III)-oxide",
            "miR-21 (miRNA-21)",
            "COVID-19",
            "x-ray",
            "K-means++",
            "t-SNE",
            "3'-UTR and 5′ cap",
            "pre- and post-operative",
            "e.g. U.S.A.",
            "1:1 ratio",
            "10,000 genomes",
            "50% ethanol",
            "~50 nm particles",
            "@home #hashtag",
            "-omics approaches",
        ],
        expect![[r#"
            p53
                p53
            15q13.3
                15q13.3
            C++
                C++
            C#
                C#
            .NET
                .NET
            He+
                He+
            Ca2+ signalling
                Ca2+ signalling
            Ca(2+) channel
                Ca(2+) channel
            poly(A) tail
                poly(A) tail
            (S)-ibuprofen
                (S)-ibuprofen
            (-)-menthol
                (-)-menthol
            (1→3)-β-D-glucan
                (1→3)-β-D-glucan
            2-(4-chlorophenyl)acetic acid
                2-(4-chlorophenyl)acetic acid
            N,N-dimethyltryptamine
                N,N-dimethyltryptamine
            benzo[a]pyrene
                benzo[a]pyrene
            [18F]FDG PET
                [18F]FDG PET
            TNF-α IL-6
                TNF-α IL-6
            IL-6 / STAT3
                IL-6 STAT3
            BRCA1/2
                BRCA1/2
            f(x) = x^2 + 1
                f(x) x^2 1
            $\alpha$-stable processes
                $\alpha$-stable processes
            $O(n^2)$ algorithms
                $O(n^2)$ algorithms
            E=mc^2
                E=mc^2
            L^2 norm
                L^2 norm
            A* search
                A search
                0..2 a prefix needs two letters before the `*`: searched as a word
            C*-algebra
                C*-algebra
            \emph{deep} learning
                \emph{deep} learning
            p < 0.05
                p 0.05
            α-synuclein & β-amyloid
                α-synuclein β-amyloid
            H2O2
                H2O2
            Fe(III)-oxide
                Fe(III)-oxide
            miR-21 (miRNA-21)
                miR-21 miRNA-21
            COVID-19
                COVID-19
            x-ray
                x-ray
            K-means++
                K-means++
            t-SNE
                t-SNE
            3'-UTR and 5′ cap
                3'-UTR and 5′ cap
            pre- and post-operative
                pre and post-operative
            e.g. U.S.A.
                e.g U.S.A
            1:1 ratio
                1:1 ratio
            10,000 genomes
                10,000 genomes
            50% ethanol
                50% ethanol
            ~50 nm particles
                50 nm particles
            @home #hashtag
                @home #hashtag
            -omics approaches
                NOT omics approaches
        "#]],
    );
}
