"""The sheet of WorkbookBenchmark, by xlsxwriter: python3 workbook.py ROWS FILE"""

import datetime
import sys

import xlsxwriter

rows, file = int(sys.argv[1]), sys.argv[2]
workbook = xlsxwriter.Workbook(file, {"constant_memory": True})
sheet = workbook.add_worksheet("Call details")
text = workbook.add_format({"num_format": "@"})
time = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss.000"})
decimal = workbook.add_format({"num_format": "#,##0.00??"})
start = datetime.datetime(2026, 10, 1)
names = ["Ana Almeida", "Jürgen Brown", "Łucja Dvořák", "محمد الحسن", "王小明", "Zoë & Co."]
agents = [
    "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Firefox/143.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0",
    "okhttp/4.12.0",
]
for row in range(rows):
    session, each = divmod(row, 4)
    id = "s%07d%016x" % (session, session * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF)
    hundredths = 500 + session * 7919 % 11500
    connect = start + datetime.timedelta(milliseconds=31 * 24 * 3600000 * session * 4 // rows + 12)
    line = row + 1
    sheet.write_formula(line, 0, "=HYPERLINK(\"#'Sessions'!A%d\",\"%s\")" % (session + 2, id), text, id)
    sheet.write_string(line, 1, "%d-%d" % (session, each), text)
    sheet.write_string(line, 2, "%x" % (session * 31 + each), text)
    sheet.write_datetime(line, 3, connect, time)
    sheet.write_datetime(line, 4, connect + datetime.timedelta(milliseconds=hundredths * 600), time)
    sheet.write_number(line, 5, hundredths / 100, decimal)
    sheet.write_string(line, 6, "U-%d" % each, text)
    sheet.write_string(line, 7, names[(session + each) % 6], text)
    sheet.write_string(line, 8, "participant" if each else "moderator", text)
    sheet.write_string(line, 9, "203.0.113.%d" % (session % 256), text)
    sheet.write_string(line, 10, agents[(session + each) % 3], text)
    sheet.write_string(line, 11, "U-%d" % (session * 31 % max(8, rows // 400)), text)
    sheet.write_string(line, 12, "vc" if session % 7 else "wb", text)
workbook.close()
