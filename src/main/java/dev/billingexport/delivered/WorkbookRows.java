package dev.billingexport.delivered;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;

/**
 * Counts the rows of data in a delivered workbook. Each data sheet has a filter that covers its header and its rows and
 * nothing below them. A sheet without a filter has no data.
 *
 * <p>The workbook may come from anybody, so it is read once as a stream, with one tag in memory. An XML parser would
 * keep every name that it meets, and an archive's directory may be as large as the archive.
 */
final class WorkbookRows {

    private static final Pattern SHEET = Pattern.compile("xl/worksheets/sheet\\d{1,9}\\.xml");
    private static final Pattern ROW = Pattern.compile("row\\s(?:.*\\s)?r=\"(\\d{1,7})\".*");
    private static final Pattern FILTER = Pattern.compile("autoFilter\\s.*ref=\"A1:[A-Z]{1,3}(\\d{1,7})\".*");

    /** Limit of a tag's length. The tags that matter are shorter. */
    private static final int MAX_TAG = 512;

    private static final int BUFFER = 1 << 16;

    private final StringBuilder tag = new StringBuilder();
    private int lastRow;
    private long rows;

    private WorkbookRows() {}

    /**
     * Counts the rows of all sheets.
     *
     * @param name in the delivery
     * @throws UnreadableException if the file is not the workbook of an export
     */
    static long count(String name, Path file) {
        WorkbookRows workbook = new WorkbookRows();
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            workbook.read(new ZipArchiveInputStream(bytes), Files.size(file));
        } catch (IllegalArgumentException | IOException e) {
            throw new UnreadableException(name, "it is not a workbook: " + e.getMessage());
        }
        return workbook.rows;
    }

    private void read(ZipArchiveInputStream parts, long compressed) throws IOException {
        Inflated content = new Inflated(parts, compressed);
        boolean sheets = false;
        for (ZipArchiveEntry part = parts.getNextEntry(); part != null; part = parts.getNextEntry()) {
            if (SHEET.matcher(part.getName()).matches()) {
                sheets = true;
                readSheet(content);
            } else {
                content.transferTo(OutputStream.nullOutputStream());
            }
        }
        if (!sheets) {
            throw new IOException("there are no sheets in it");
        }
    }

    private void readSheet(Inflated content) throws IOException {
        lastRow = 0;
        byte[] buffer = new byte[BUFFER];
        boolean inTag = false;
        for (int length = content.read(buffer); length >= 0; length = content.read(buffer)) {
            for (int i = 0; i < length; i++) {
                if (buffer[i] == '<') {
                    inTag = true;
                    tag.setLength(0);
                } else if (inTag && buffer[i] == '>') {
                    inTag = false;
                    take(tag);
                } else if (inTag && tag.length() < MAX_TAG) {
                    tag.append((char) buffer[i]);
                }
            }
        }
    }

    private void take(CharSequence tag) {
        if (begins(tag, 'r', 'o')) {
            Matcher row = ROW.matcher(tag);
            if (row.matches() && Integer.parseInt(row.group(1)) == lastRow + 1) {
                lastRow++;
            }
        } else if (begins(tag, 'a', 'u')) {
            Matcher filter = FILTER.matcher(tag);
            if (filter.matches()) {
                // Rows that the filter covers but the sheet lacks don't count.
                rows += Math.max(0, Math.min(lastRow, Integer.parseInt(filter.group(1))) - 1);
            }
        }
    }

    /** A quick check that saves matching the pattern against the other tags, of which each cell has at least one. */
    private static boolean begins(CharSequence tag, char first, char second) {
        return tag.length() > 1 && tag.charAt(0) == first && tag.charAt(1) == second;
    }
}
