package dev.billingexport.report.xlsx;

import java.util.function.Supplier;
import org.apache.poi.ss.usermodel.CellStyle;
import org.jspecify.annotations.Nullable;

/**
 * A cell style that its workbook gets with the first cell that needs it. A statement needs less than half of them, and
 * creating all took a tenth of its time. Not thread-safe.
 */
final class Style implements Supplier<CellStyle> {

    private final Supplier<CellStyle> creation;
    private @Nullable CellStyle created;

    Style(Supplier<CellStyle> creation) {
        this.creation = creation;
    }

    @Override
    public CellStyle get() {
        CellStyle style = created;
        if (style == null) {
            style = creation.get();
            created = style;
        }
        return style;
    }
}
