import dayjs from "dayjs";
import relativeTime from "dayjs/plugin/relativeTime";
import utc from "dayjs/plugin/utc";
import "dayjs/locale/ko";

dayjs.extend(relativeTime);
dayjs.extend(utc);
const day = dayjs.utc("2018-08-16T12:30:00Z");
assert.equal(day.format("YYYY/MM/DD HH:mm"), "2018/08/16 12:30");
assert.equal(day.add(1, "month").startOf("month").format("YYYY-MM-DD"), "2018-09-01");
assert.equal(day.from(day.subtract(2, "day")), "in 2 days");
assert.equal(day.locale("ko").format("MMMM"), "8월");
assert(dayjs.isDayjs(day) && day.isBefore(day.add(1, "second")));
log("ok");
