"""What people write instead: fetches October day by day and writes a workbook. Nothing is kept, confirmed or resumed."""
import asyncio
import base64
import datetime
import sys

import aiohttp
import xlsxwriter

SESSION = ["session_id", "meeting_id", "room_id", "user_id", "user_name", "trans_date", "connect_dt", "disconnect_dt",
           "duration", "app_type"]
CALL_DETAIL = ["call_num", "call_log_id", "connect_dt", "disconnect_dt", "duration", "user_ref", "name", "role", "ip",
               "agent"]
RECORDING = ["file", "play_time", "stage", "start_time", "end_time", "file_size"]


async def collect(base_url, app_id, app_key, in_flight):
    limit = asyncio.Semaphore(in_flight)
    connector = aiohttp.TCPConnector(limit=in_flight)
    key = base64.b64encode(f"{app_id}:{app_key}".encode()).decode()
    async with aiohttp.ClientSession(connector=connector, headers={"Authorization": "Basic " + key}) as client:

        async def get(app_type, path, **query):
            async with limit:
                async with client.get(base_url + path, params=query, headers={"X-App-Type": app_type}) as response:
                    return await response.json()

        async def details(app_type, session):
            path = "/sessions/" + session["session_id"]
            cdr, recordings = await asyncio.gather(get(app_type, path + "/cdr"), get(app_type, path + "/recordings"))
            return session, cdr["cdr"], recordings["recordings"]

        async def day(app_type, start):
            end = start + datetime.timedelta(days=1) - datetime.timedelta(seconds=1)
            found, page = [], 1
            while True:
                answer = await get(app_type, "/sessions", page=str(page), page_length="100",
                                   from_session_date=f"{start:%Y-%m-%d %H:%M:%S}",
                                   to_session_date=f"{end:%Y-%m-%d %H:%M:%S}")
                if not answer["sessions"]:
                    break
                found += answer["sessions"]
                page += 1
            return await asyncio.gather(*(details(app_type, session) for session in found))

        first = datetime.datetime(2026, 10, 1)
        days = [day(app_type, first + datetime.timedelta(days=n)) for app_type in ("vc", "wb") for n in range(31)]
        return [session for part in await asyncio.gather(*days) for session in part]


def write(rows, name):
    with xlsxwriter.Workbook(name, {"constant_memory": True}) as book:
        for title, columns, records in (
                ("Sessions", SESSION, lambda row: [row[0]]),
                ("Call details", CALL_DETAIL, lambda row: row[1]),
                ("Recordings", RECORDING, lambda row: row[2])):
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, ["session_id"] + columns)
            number = 1
            for row in rows:
                for record in records(row):
                    sheet.write_row(number, 0, [row[0]["session_id"]] + [record.get(column) for column in columns])
                    number += 1


def main():
    base_url, app_id, app_key, in_flight, name = sys.argv[1:]
    write(asyncio.run(collect(base_url, app_id, app_key, int(in_flight))), name)


main()
