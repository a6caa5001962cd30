package dev.billingexport.delivery;

import java.util.List;
import java.util.Map;

/**
 * Supplies what manifests of version 1 don't state: the columns of the CSV files. They are the same for all deliveries
 * of that version and must never be changed.
 */
final class VersionOne {

    private static final String FIGURES = "call_details,call_detail_minutes,recordings,recorded_seconds,recorded_bytes";

    private static final Map<String, String> COLUMNS = Map.of(
            "sessions",
                    "session_id,meeting_id,room_id,user_id,user_name,trans_date,connect_dt,disconnect_dt,duration,app_type,"
                            + FIGURES,
            "call-details",
                    "session_id,call_num,call_log_id,connect_dt,disconnect_dt,duration,user_ref,name,role,ip,agent,user_id,"
                            + "app_type",
            "recordings", "session_id,file,play_time,stage,start_time,end_time,file_size,user_id,app_type",
            "users", "user_id,user_name,app_type,sessions,session_minutes," + FIGURES,
            "days", "day,app_type,sessions,session_minutes," + FIGURES,
            "problems", "session_id,trans_date,part,cause,attempts",
            "reconciliation",
                    "session_id,user_id,app_type,trans_date,finding,stated_minutes,connected_minutes,call_detail_minutes,"
                            + "span_minutes",
            "charges", "user_id,user_name,app_type,item,quantity,unit_price,amount,currency",
            "amendments",
                    "session_id,user_id,app_type,trans_date,change,fields,session_minutes_before,session_minutes_after,"
                            + "call_detail_minutes_before,call_detail_minutes_after");

    private VersionOne() {}

    /** Returns the files with their tables and columns. */
    static List<Manifest.File> withColumns(List<Manifest.File> files) {
        return files.stream().map(VersionOne::withColumns).toList();
    }

    private static Manifest.File withColumns(Manifest.File file) {
        String table = file.name().replaceFirst("\\.csv(\\.gz)?$", "");
        String columns = table.equals(file.name()) ? null : COLUMNS.get(table);
        return columns == null
                ? file
                : new Manifest.File(
                        file.name(), table, file.bytes(), file.sha256(), file.rows(), List.of(columns.split(",")));
    }
}
