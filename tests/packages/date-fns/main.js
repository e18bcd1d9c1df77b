import "core-js/actual/array/find";
import "core-js/actual/array/includes";
import { addMonths, differenceInCalendarDays, eachDayOfInterval, format, formatDistance, isWeekend, parse, parseISO, startOfWeek } from "date-fns";
import { ko } from "date-fns/locale";

const day = new Date(2020, 1, 29, 13, 5);
assert.equal(format(day, "EEEE, do MMMM yyyy HH:mm"), "Saturday, 29th February 2020 13:05");
assert.equal(format(day, "PPP", { locale: ko }), "2020년 2월 29일");
assert.equal(format(addMonths(day, 12), "yyyy-MM-dd"), "2021-02-28");
assert.equal(differenceInCalendarDays(new Date(2020, 2, 1), day), 1);
assert.equal(formatDistance(day, addMonths(day, 2)), "2 months");
assert.equal(eachDayOfInterval({ start: day, end: new Date(2020, 2, 2) }).length, 3);
assert.equal(format(parse("14.03.2021", "dd.MM.yyyy", day), "yyyy-MM-dd"), "2021-03-14");
assert.equal(format(startOfWeek(day, { weekStartsOn: 1 }), "dd"), "24");
assert(isWeekend(day) && isNaN(parseISO("nonsense").getTime()));
log("ok");
