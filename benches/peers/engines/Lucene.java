import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.facet.FacetsCollector;
import org.apache.lucene.facet.FacetsCollectorManager;
import org.apache.lucene.facet.FacetsConfig;
import org.apache.lucene.facet.sortedset.DefaultSortedSetDocValuesReaderState;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetCounts;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesFacetField;
import org.apache.lucene.facet.sortedset.SortedSetDocValuesReaderState;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MultiTermQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.util.Version;

/**
 * Lucene's part in benches/peers: index FILE INDEX, search INDEX QUERIES SECONDS, one INDEX TEXT.
 * The rules are those of benches/src/peers.rs, with more warm-up, which a virtual machine needs.
 */
public class Lucene {
    static final String NAME = "Lucene";
    static final List<String> MIX = List.of("rare", "frequent", "or4", "question");
    static final FacetsConfig FACETS = new FacetsConfig();

    static {
        FACETS.setMultiValued("author", true);
    }

    record Drawn(String kind, List<String> words, String author, int from, int to) {}

    /** Answers a query; returns hits, or -1 where they were not counted. */
    interface Search {
        long run(Drawn query) throws IOException;
    }

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "index" -> index(Path.of(args[1]), Path.of(args[2]));
            case "search" -> search(Path.of(args[1]), Path.of(args[2]), Double.parseDouble(args[3]));
            case "one" -> {
                Engine engine = new Engine(Path.of(args[1]), false);
                System.out.println(engine.top(engine.all("text", Arrays.asList(args[2].split(" ")))));
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    static String text(JsonObject record, String name) {
        JsonElement value = record.get(name);
        return value == null || value.isJsonNull() ? "" : value.getAsString();
    }

    static void index(Path file, Path folder) throws Exception {
        long start = System.nanoTime();
        int threads = 2;
        IndexWriterConfig config = new IndexWriterConfig(new EnglishAnalyzer()).setRAMBufferSizeMB(512);
        try (IndexWriter writer = new IndexWriter(FSDirectory.open(folder), config);
                BufferedReader lines = Files.newBufferedReader(file)) {
            List<Thread> workers = new ArrayList<>();
            List<Exception> failed = new ArrayList<>();
            for (int n = 0; n < threads; n++) {
                Thread worker = new Thread(() -> {
                    try {
                        for (;;) {
                            List<String> batch = new ArrayList<>();
                            synchronized (lines) {
                                String line;
                                while (batch.size() < 100 && (line = lines.readLine()) != null) {
                                    batch.add(line);
                                }
                            }
                            if (batch.isEmpty()) {
                                return;
                            }
                            for (String line : batch) {
                                writer.addDocument(document(line));
                            }
                        }
                    } catch (IOException error) {
                        synchronized (failed) {
                            failed.add(error);
                        }
                    }
                });
                worker.start();
                workers.add(worker);
            }
            for (Thread worker : workers) {
                worker.join();
            }
            if (!failed.isEmpty()) {
                throw failed.get(0);
            }
            writer.commit();
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("engine", NAME);
        report.put("seconds", (System.nanoTime() - start) / 1e9);
        report.put("threads", threads);
        report.put("peak_rss", peakRss());
        System.out.println(new Gson().toJson(report));
    }

    static Document document(String line) throws IOException {
        JsonObject record = JsonParser.parseString(line).getAsJsonObject();
        Document document = new Document();
        String title = text(record, "title");
        String abstractText = text(record, "abstract");
        document.add(new StringField("id", text(record, "id"), Field.Store.YES));
        document.add(new TextField("title", title, Field.Store.YES));
        document.add(new StoredField("abstract", abstractText));
        document.add(new TextField("text", title + "\n" + abstractText, Field.Store.NO));
        JsonElement authors = record.get("authors");
        if (authors != null && authors.isJsonArray()) {
            for (JsonElement author : authors.getAsJsonArray()) {
                String name = author.getAsString();
                if (!name.isEmpty()) {
                    document.add(new StringField("author", name, Field.Store.YES));
                    document.add(new SortedSetDocValuesFacetField("author", name));
                }
            }
        }
        JsonElement year = record.get("year");
        if (year != null && !year.isJsonNull()) {
            document.add(new IntField("year", year.getAsInt(), Field.Store.YES));
        }
        return FACETS.build(document);
    }

    static class Engine {
        final DirectoryReader reader;
        final IndexSearcher searcher;
        final SortedSetDocValuesReaderState authors;
        final EnglishAnalyzer analyzer = new EnglishAnalyzer();

        Engine(Path folder, boolean facets) throws IOException {
            reader = DirectoryReader.open(FSDirectory.open(folder));
            searcher = new IndexSearcher(reader);
            // Each query is to do its work.
            searcher.setQueryCache(null);
            authors = facets ? new DefaultSortedSetDocValuesReaderState(reader, FACETS) : null;
        }

        Term term(String field, String word) throws IOException {
            try (TokenStream tokens = analyzer.tokenStream(field, word)) {
                tokens.reset();
                if (!tokens.incrementToken()) {
                    throw new IOException("no word: " + word);
                }
                return new Term(field, tokens.getAttribute(CharTermAttribute.class).toString());
            }
        }

        BooleanQuery.Builder words(String field, List<String> words, Occur occur) throws IOException {
            BooleanQuery.Builder query = new BooleanQuery.Builder();
            for (String word : words) {
                query.add(new TermQuery(term(field, word)), occur);
            }
            return query;
        }

        Query all(String field, List<String> words) throws IOException {
            return words(field, words, Occur.MUST).build();
        }

        Query query(Drawn drawn) throws IOException {
            String first = drawn.words().get(0);
            return switch (drawn.kind()) {
                case "rare", "frequent", "facet" -> new TermQuery(term("text", first));
                case "and" -> all("text", drawn.words());
                case "or4", "question" -> words("text", drawn.words(), Occur.SHOULD).build();
                case "phrase" -> {
                    PhraseQuery.Builder phrase = new PhraseQuery.Builder();
                    for (String word : drawn.words()) {
                        phrase.add(term("text", word));
                    }
                    yield phrase.build();
                }
                case "title" -> all("title", drawn.words());
                case "author" -> words("text", drawn.words(), Occur.MUST)
                        .add(new TermQuery(new Term("author", drawn.author())), Occur.FILTER).build();
                case "year" -> words("text", drawn.words(), Occur.MUST)
                        .add(IntField.newRangeQuery("year", drawn.from(), drawn.to()), Occur.FILTER).build();
                case "prefix" -> new PrefixQuery(new Term("text", first),
                        MultiTermQuery.SCORING_BOOLEAN_REWRITE);
                case "fuzzy" -> new FuzzyQuery(term("text", first), 1);
                default -> throw new IOException(drawn.kind());
            };
        }

        int top(Query query) throws IOException {
            ScoreDoc[] hits = searcher.search(query, new TopScoreDocCollectorManager(10, null, 10)).scoreDocs;
            var fields = searcher.storedFields();
            for (ScoreDoc hit : hits) {
                Document document = fields.document(hit.doc, java.util.Set.of("id", "title"));
                if (document.get("id") == null) {
                    throw new IOException("no id");
                }
            }
            return hits.length;
        }

        long answer(Drawn drawn, boolean counted) throws IOException {
            Query query = query(drawn);
            if (drawn.kind().equals("facet")) {
                var found = FacetsCollectorManager.search(searcher, query, 1, new FacetsCollectorManager());
                FacetsCollector hits = found.facetsCollector();
                new SortedSetDocValuesFacetCounts(authors, hits).getTopChildren(20, "author");
                return counted ? searcher.count(query) : -1;
            }
            top(query);
            return counted ? searcher.count(query) : -1;
        }
    }

    static List<Drawn> read(Path path) throws IOException {
        List<Drawn> queries = new ArrayList<>();
        for (String line : Files.readAllLines(path)) {
            JsonObject query = JsonParser.parseString(line).getAsJsonObject();
            List<String> words = new ArrayList<>();
            for (JsonElement word : (JsonArray) query.get("words")) {
                words.add(word.getAsString());
            }
            queries.add(new Drawn(text(query, "class"), words, text(query, "author"),
                    query.has("from") ? query.get("from").getAsInt() : 0,
                    query.has("to") ? query.get("to").getAsInt() : 0));
        }
        return queries;
    }

    static double percentile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[Math.min((int) (sorted.length * share), sorted.length - 1)];
    }

    static List<Map<String, Object>> rows(String variant, List<Drawn> queries, double budget, Search search)
            throws IOException {
        Map<String, List<Drawn>> classes = new LinkedHashMap<>();
        for (Drawn query : queries) {
            classes.computeIfAbsent(query.kind(), kind -> new ArrayList<>()).add(query);
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (var entry : classes.entrySet()) {
            long start = System.nanoTime();
            List<Drawn> ran = new ArrayList<>();
            List<Long> hits = new ArrayList<>();
            for (Drawn query : entry.getValue()) {
                if (!ran.isEmpty() && (System.nanoTime() - start) / 1e9 > budget / 4) {
                    break;
                }
                hits.add(search.run(query));
                ran.add(query);
            }
            // Until the compiler has had its time, but no longer than a second.
            for (int pass = 0; pass < 20 && (System.nanoTime() - start) / 1e9 < Math.min(1, budget / 4); pass++) {
                for (Drawn query : ran) {
                    search.run(query);
                }
            }
            double[][] times = new double[ran.size()][3];
            for (int pass = 0; pass < 3; pass++) {
                for (int n = 0; n < ran.size(); n++) {
                    long from = System.nanoTime();
                    search.run(ran.get(n));
                    times[n][pass] = (System.nanoTime() - from) / 1e3;
                }
            }
            double[] medians = Arrays.stream(times).mapToDouble(took -> percentile(took, 0.5)).toArray();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("variant", variant);
            row.put("class", entry.getKey());
            row.put("n", ran.size());
            row.put("p50_us", percentile(medians, 0.5));
            row.put("p99_us", percentile(medians, 0.99));
            row.put("hits", hits.contains(-1L) ? List.of() : hits);
            rows.add(row);
        }
        return rows;
    }

    static double twoThreads(List<Drawn> queries, double seconds, Search search) throws Exception {
        List<Drawn> mix = queries.stream().filter(query -> MIX.contains(query.kind())).toList();
        int step = Math.max(1, mix.size() / MIX.size());
        AtomicInteger done = new AtomicInteger();
        long start = System.nanoTime();
        List<Thread> workers = new ArrayList<>();
        for (int first = 0; first < 2; first++) {
            int thread = first;
            Thread worker = new Thread(() -> {
                try {
                    for (int n = thread; (System.nanoTime() - start) / 1e9 < seconds; n += 2) {
                        search.run(mix.get((n % MIX.size() * step + n / MIX.size()) % mix.size()));
                        done.incrementAndGet();
                    }
                } catch (IOException error) {
                    throw new java.io.UncheckedIOException(error);
                }
            });
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return done.get() / ((System.nanoTime() - start) / 1e9);
    }

    static void search(Path folder, Path queriesFile, double budget) throws Exception {
        List<Drawn> queries = read(queriesFile);
        Engine engine = new Engine(folder, true);
        List<Map<String, Object>> rows = new ArrayList<>();
        List<Object> twoThreads = new ArrayList<>();
        rows("warm-up", queries, budget / 4, query -> engine.answer(query, true));
        for (boolean counted : new boolean[] {false, true}) {
            String variant = counted ? "counted" : "top 10";
            Search search = query -> engine.answer(query, counted);
            rows.addAll(rows(variant, queries, budget, search));
            twoThreads.add(List.of(variant, twoThreads(queries, 3, search)));
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("engine", NAME);
        report.put("version", Version.LATEST.toString());
        report.put("n_segments", engine.reader.leaves().size());
        report.put("rows", rows);
        report.put("two_threads", twoThreads);
        // The highlighter is not among the jars at hand.
        report.put("snippets_us", null);
        report.put("peak_rss", peakRss());
        System.out.println(new com.google.gson.GsonBuilder().serializeNulls().create().toJson(report));
    }

    static long peakRss() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
            }
        }
        return 0;
    }
}
