package dev.billingexport.report;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.xssf.model.StylesTable;

/** How the cells of a delivered workbook show what they hold: by the formats that an export writes, and no others. */
final class Looks {

    private static final Set<String> TEXTS = Set.of("General", "@", "@" + Styles.ROOM);

    private static final Set<String> NUMBERS = Stream.concat(
                    Styles.NUMBER_FORMATS.stream(), SummaryStyles.NUMBER_FORMATS.stream())
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> TIMES = Arrays.stream(Language.values())
            .map(Wording::new)
            .flatMap(wording -> Stream.of(wording.text("format.time"), wording.text("format.day")))
            .collect(Collectors.toUnmodifiableSet());

    private final List<Kind> kinds;
    private final List<String> foreign;

    /** What a number is taken for by who sees it. */
    enum Kind {
        NUMBER,
        TIME,
        TEXT
    }

    Looks(StylesTable styles) {
        List<String> formats = IntStream.range(0, styles.getNumCellStyles())
                .mapToObj(style -> String.valueOf(styles.getStyleAt(style).getDataFormatString()))
                .toList();
        Stream<String> conditional = styles.getCTStylesheet().isSetDxfs()
                ? styles.getCTStylesheet().getDxfs().getDxfList().stream()
                        .filter(look -> look.isSetNumFmt())
                        .map(look -> look.getNumFmt().getFormatCode())
                : Stream.of();
        this.foreign = Stream.concat(
                        conditional,
                        formats.stream()
                                .filter(format -> !TEXTS.contains(format)
                                        && !NUMBERS.contains(format)
                                        && !TIMES.contains(format)))
                .distinct()
                .toList();
        this.kinds = formats.stream().map(Looks::kind).toList();
    }

    private static Kind kind(String format) {
        return NUMBERS.contains(format) ? Kind.NUMBER : TIMES.contains(format) ? Kind.TIME : Kind.TEXT;
    }

    /** Formats that no export writes. */
    List<String> foreign() {
        return foreign;
    }

    Kind of(int style) {
        return style < kinds.size() ? kinds.get(style) : Kind.TEXT;
    }
}
