import moment from "moment";
import "moment/locale/ko";

const day = moment.utc("2021-03-14T15:09:26Z");
moment.locale("en");
assert.equal(day.locale("en").format("dddd, MMMM Do YYYY, h:mm:ss a"), "Sunday, March 14th 2021, 3:09:26 pm");
assert.equal(day.clone().add(1, "month").endOf("month").format("YYYY-MM-DD"), "2021-04-30");
assert.equal(day.clone().locale("ko").format("MMMM dddd"), "3월 일요일");
assert.equal(moment.duration(150, "minutes").humanize(), "3 hours");
assert.equal(moment.utc("14/03/2021", "DD/MM/YYYY", true).isValid(), true);
assert.equal(moment.utc("2021-02-30", "YYYY-MM-DD", true).isValid(), false);
assert(moment.isMoment(day));
log("ok");
