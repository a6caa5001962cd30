package dev.billingexport.report.html;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.billingexport.report.table.Summary;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/** Writes the summary as one self-contained HTML file: no network, no script. */
public record HtmlWriter(Summary summary) {

    private static final String TEMPLATE = "report.mustache";
    /** Characters that HTML doesn't allow: control characters, unpaired surrogates and noncharacters. */
    private static final Pattern UNFIT = Pattern.compile("[\\p{Cc}&&[^\\t\\n\\r]]|\\p{Cs}|[\\uFFFE\\uFFFF]");

    /**
     * Writes the whole file and flushes. Doesn't close the stream.
     *
     * @return rows of the table of users, without its total
     */
    public long write(OutputStream out) throws IOException {
        Writer characters = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        HtmlPage.Content content = new HtmlPage(summary).content();
        template().execute(content, characters);
        characters.flush();
        return content.users().size();
    }

    private static Template template() throws IOException {
        try (InputStream in = Objects.requireNonNull(HtmlWriter.class.getResourceAsStream(TEMPLATE));
                Reader characters = new InputStreamReader(in, StandardCharsets.UTF_8)) {
            return Mustache.compiler()
                    .emptyStringIsFalse(true)
                    .withEscaper(
                            text -> Escapers.HTML.escape(UNFIT.matcher(text).replaceAll("\uFFFD")))
                    .compile(characters);
        }
    }
}
