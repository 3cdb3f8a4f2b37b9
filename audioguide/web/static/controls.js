// The settings of a form: a number, a slider and two buttons for each.

// What a listener chose, as a query.
export function wanted(form) {
  const query = new URLSearchParams();
  for (const field of form.querySelectorAll("[name]")) {
    // A fit may change a setting only as long as the listener did not choose its value.
    const control = field.closest("[data-control]");
    const left = field.name.startsWith("set.") && control && !("asked" in control.dataset);
    if (field.type === "checkbox" && !field.checked) continue;
    if (!left && field.value !== "" && field.value !== field.dataset.usual) query.set(field.name, field.value);
  }
  return query.toString();
}

// What a screen reader says of a slider: "20 seconds", not "20".
function speak(slider) {
  const unit = slider.dataset.unit;
  const one = Number(slider.value) === 1 ? unit.replace(/s$/, "") : unit;
  slider.setAttribute("aria-valuetext", [slider.value, one].filter(Boolean).join(" "));
}

// Settings that were left alone stand at what is heard: at their defaults, or where a fit has put them.
export function followFit(form, controls) {
  for (const control of form.querySelectorAll("[data-control]:not([data-asked])")) {
    const number = control.querySelector("input[type=number]");
    const value = controls[number.name.replace(/^set\./, "")];
    if (!number.name.startsWith("set.") || value === undefined || number === document.activeElement) continue;
    number.value = value;
    const slider = control.querySelector("input[type=range]");
    if (slider && slider !== document.activeElement) {
      slider.value = value;
      speak(slider);
    }
  }
}

// What the link of the page asks for is not the usual, however the form came to show it.
export function turn(form, soon, fault) {
  for (const control of document.querySelectorAll("[data-control]")) {
    const number = control.querySelector("input[type=number]");
    const slider = control.querySelector("input[type=range]");
    number.dataset.usual ??= "";
    if (slider.disabled) {
      slider.remove();
    } else {
      slider.hidden = false;
      if (number.value !== "") speak(slider);
      slider.addEventListener("input", () => turned(slider.value));
    }
    for (const [button, way] of [["[data-less]", -1], ["[data-more]", 1]]) {
      const one = control.querySelector(button);
      one.hidden = false;
      one.addEventListener("click", () => {
        if (number.value === "") number.value = slider.value;
        else if (way > 0) number.stepUp();
        else number.stepDown();
        turned(number.value);
      });
    }
    number.addEventListener("input", () => {
      chosen(number.value !== "");
      if (number.value !== "" && !slider.disabled) {
        slider.value = number.value;
        speak(slider);
      } else if (number.placeholder) {
        slider.setAttribute("aria-valuetext", number.placeholder);
      }
      if (number.validity.valid) soon();
      else fault(`${document.querySelector(`label[for="${number.id}"]`).textContent}: ${number.validationMessage}`);
    });
    function turned(value) {
      chosen(true);
      number.value = value;
      if (slider) {
        slider.value = value;
        speak(slider);
      }
      soon();
    }
    function chosen(yes) {
      if (yes) control.dataset.asked = "";
      else delete control.dataset.asked;
    }
    if (number.name === "minutes" && !number.value) slider.value = 10;
  }
}
