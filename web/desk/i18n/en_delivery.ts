// en_delivery.ts - the English texts about what goes out.  vi_delivery.ts has the same keys.
import type { deliveryVi } from "./vi_delivery.ts";

export const deliveryEn: typeof deliveryVi = {
  deliveries: {
    title: "Deliveries",
    lead: "Mails and notices go out after each command. What cannot be delivered is tried again for a day and then set aside here for you.",
    onlyAdministrators: "Only an administrator of the whole installation sees this page.",
    states: { waiting: "Waiting", retrying: "Being tried again", set_aside: "Set aside" },
    setAsideMark: (n) => `${n} deliveries set aside`,
    oldest: (at) => `The oldest has waited since ${at}.`,
    stuck: "Something has waited for more than an hour: the receiving side may be away. Nothing is lost; it goes out in order once the line is back.",
    list: "List of deliveries",
    empty: "There are none.",
    columns: { code: "Dossier", kind: "Kind", to: "To", attempts: "Attempts", error: "Last error", next: "Next attempt", written: "Since" },
    kinds: { mail: "E-mail" },
    inDoubt: "under way, or its end is not known",
    more: "Show more",
    retry: "Try again",
    retryAll: "Try all again",
    retryOf: (id) => `Try delivery ${id} again`,
    giveUp: "Give up",
    giveUpOf: (id) => `Give up delivery ${id}`,
    giveUpTitle: "Give up a delivery",
    giveUpLead: "It will not be sent any more. The reason is journalled with your name.",
    reason: "Reason",
    reasonMissing: "Give a reason.",
    done: (n) => (n === "0" ? "Nothing changed: it is being delivered, or is done." : `${n} deliveries: noted.`),
  },
};
