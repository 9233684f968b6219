// Three comforts; every page works without them.

const form = document.querySelector("form.give");
const button = form?.querySelector("button");
const own = form?.elements.namedItem("own_amount");
const feeOfOwn = form?.querySelector(".fee-own");

// A second click would only ask for the same payment page again; coming back from it must find a button that works.
form?.addEventListener("submit", () => setTimeout(() => { button.disabled = true; }));
addEventListener("pageshow", () => {
  if (!button) return;
  button.disabled = false;
  // What the browser put back into a folded part must be seen before it is sent again.
  const message = form.elements.namedItem("message");
  if (message?.value) message.closest("details").open = true;
  own?.dispatchEvent(new Event("input"));
});

if (own && feeOfOwn) {
  const { currency, digits, share, fixed } = form.dataset;
  const unit = 10 ** digits;
  const plain = new RegExp(`^\\d{1,7}${digits > 0 ? `(?:[.,]\\d{1,${digits}})?` : ""}$`);
  const sentence = feeOfOwn.textContent;
  const say = (minor) => new Intl.NumberFormat(document.documentElement.lang, {
    style: "currency", currency, minimumFractionDigits: minor % unit ? Number(digits) : 0,
  }).format(minor / unit);
  const feeOn = (total) => Math.floor((total * share + 5000) / 10000) + Number(fixed);
  // The smallest total that leaves the whole gift, as portal/money.py reckons it.
  const grossUp = (gift) => {
    let total = Math.floor((gift + Number(fixed)) * 10000 / (10000 - share));
    while (total - feeOn(total) < gift) total += 1;
    while (total - 1 - feeOn(total - 1) >= gift) total -= 1;
    return total;
  };
  const tell = () => {
    const typed = own.value.trim();
    const gift = plain.test(typed) ? Math.round(Number(typed.replace(",", ".")) * unit) : 0;
    feeOfOwn.textContent = gift > 0
      ? feeOfOwn.dataset.text.replace("{addition}", say(grossUp(gift) - gift)).replace("{amount}", say(gift))
      : sentence;
  };
  own.addEventListener("input", tell);
  tell();
}

// Beside a shift's times the reader's own, where their clocks show others then.
const clock = (moment, timeZone) => new Intl.DateTimeFormat(document.documentElement.lang, {
  weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone,
}).format(moment);
for (const times of document.querySelectorAll("time.times")) {
  const [start, end] = [new Date(times.dateTime), new Date(times.dataset.ends)];
  if (clock(start, times.dataset.zone) === clock(start)) continue;
  const own = document.createElement("span");
  own.className = "own";
  own.textContent = times.dataset.own.replace("{start}", clock(start)).replace("{end}", clock(end));
  times.append(own);
}
