// hours_view.tsx - weekly hours to read: those of the office, or those that it inherits.
import { formatDate } from "@shared/format.ts";
import { weekdays, type WeeklyHours } from "../../api/calendars.ts";
import { useLanguage } from "../../i18n/language.tsx";
import classes from "./calendars.module.css";
import { showIntervals } from "./intervals.ts";

export function HoursView({ hours }: { hours: WeeklyHours }) {
  const { t } = useLanguage();
  const words = t.calendars;
  return (
    <section className={classes["hours"]}>
      <h2>
        {words.hoursFrom(formatDate(hours.valid_from))}
        {hours.provisional && <span className={classes["provisional"]}>{words.provisional}</span>}
      </h2>
      {hours.source !== "" && <p className="quiet">{hours.source}</p>}
      <table className="data-table">
        <caption className="sr-only">{words.hoursFrom(formatDate(hours.valid_from))}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{words.processing}</th>
            <th scope="col">{words.reception}</th>
          </tr>
        </thead>
        <tbody>
          {weekdays.map((day, index) => (
            <tr key={day}>
              <th scope="row">{words.weekdays[index]}</th>
              <td className="figures">{showIntervals(hours.processing[day]) || <span className="quiet">{words.closed}</span>}</td>
              <td className="figures">{showIntervals(hours.reception[day]) || <span className="quiet">{words.closed}</span>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
