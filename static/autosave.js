// form[data-autosave="address"]: saves as one types, says when; of two editors the second sees both texts and chooses.
//
// Posts the form's fields, among them `version`. The server answers JSON:
//   200 {"saved": "10:42", "version": 8}
//   400 {"errors": {"title": ["…"]}}                      not saved, said at the fields
//   409 {"who": "林知微", "when": "10:41", "version": 8, "theirs": {"body": "…", "units": ["3", "7"], "urgent": false}}
// <output class="saved" data-saved></output> of the form shows the state; after each saving the form sends "saved".
(() => {
  "use strict";

  const { ask, make } = window.yishi;

  const PAUSE = 900;
  const AGAIN = 8000;

  const plain = (text) => text.replace(/\r\n/g, "\n").trim();
  const isTicked = (input) => input.type === "checkbox" || input.type === "radio";
  const KEPT_OUT = ["version", "csrfmiddlewaretoken"];

  /* A field's value as one text: of ticked boxes one value a line, none ticked is empty. */
  const text = (value) => {
    if (Array.isArray(value)) return value.join("\n");
    return value === true ? "on" : value === false ? "" : plain(String(value ?? ""));
  };

  class Autosave {
    constructor(form) {
      this.form = form;
      this.said = [...form.elements].find((one) => one.matches("[data-saved]")) ?? form.appendChild(make("output", "saved"));
      this.before = this.values();
      this.waiting = null;
      this.running = false;
      form.addEventListener("input", (event) => this.forgive(event.target));
      form.addEventListener("input", () => this.soon(PAUSE));
      form.addEventListener("change", () => this.soon(PAUSE));
      form.addEventListener("submit", () => clearTimeout(this.waiting));
      addEventListener("beforeunload", (event) => {
        if (this.dirty() && !form.dataset.sent) event.preventDefault();
      });
      document.addEventListener("visibilitychange", () => {
        if (document.visibilityState === "hidden") this.save();
      });
    }

    inputs(name) {
      return [...this.form.elements].filter((input) => input.name === name);
    }

    value(name) {
      const inputs = this.inputs(name);
      if (!inputs.some(isTicked)) return plain(inputs[0]?.value ?? "");
      return text(inputs.filter((input) => input.checked).map((input) => input.value));
    }

    values() {
      const typed = [...this.form.elements].filter(
        (input) => input.name && !["file", "submit"].includes(input.type) && !KEPT_OUT.includes(input.name),
      );
      return new Map(typed.map((input) => [input.name, this.value(input.name)]));
    }

    put(name, value) {
      for (const input of this.inputs(name)) {
        if (isTicked(input)) input.checked = value.split("\n").includes(input.value);
        else input.value = value;
      }
    }

    /* What a reader sees of a value: the words beside ticked boxes, the chosen line of a list. */
    words(name, value) {
      const inputs = this.inputs(name);
      const shown = value.split("\n");
      if (inputs.some(isTicked)) {
        const ticked = inputs.filter((input) => shown.includes(input.value));
        return ticked.map((input) => input.closest("label")?.textContent.trim() ?? input.value).join("、");
      }
      const option = [...(inputs[0]?.options ?? [])].find((one) => one.value === value);
      return option ? option.textContent : value;
    }

    dirty() {
      return [...this.values()].some(([name, value]) => this.before.get(name) !== value);
    }

    soon(pause) {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.save(), pause);
      this.say("正在输入，尚未保存");
    }

    say(words, tone = "") {
      this.said.textContent = words;
      this.said.dataset.tone = tone;
    }

    async save(fresh = false) {
      if (this.running || !this.dirty()) return;
      this.running = true;
      clearTimeout(this.waiting);
      const sent = this.values();
      try {
        const body = new FormData(this.form);
        for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
        const answer = await fetch(this.form.dataset.autosave, {
          method: "POST",
          body,
          headers: { "X-Requested-With": "autosave", Accept: "application/json" },
          redirect: "manual",
          keepalive: document.visibilityState === "hidden",
        });
        await this.heard(answer, sent, fresh);
      } catch {
        this.say("网络不通，您写的还在本页；会自动再存", "bad");
        this.waiting = setTimeout(() => this.save(), AGAIN);
      } finally {
        this.running = false;
      }
      if (this.again) {
        this.again = false;
        await this.save(true);
      }
    }

    async heard(answer, sent, fresh) {
      if (answer.type === "opaqueredirect" || answer.status === 401) return this.leftOutside();
      if (answer.status === 403) return fresh ? this.leftOutside() : this.renew();
      const said = await answer.json();
      if (answer.status === 409) return this.choose(said, sent);
      if (answer.status === 400) return this.wrong(said.errors);
      if (!answer.ok) throw new Error(String(answer.status));
      this.wrong({});
      this.before = sent;
      this.version(said.version);
      this.form.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
      this.say(this.dirty() ? "正在输入，尚未保存" : `已保存 ${said.saved}`);
      if (this.dirty()) this.waiting = setTimeout(() => this.save(), PAUSE);
    }

    /* What is being mended is no longer marked wrong; the server says anew what is. */
    forgive(input) {
      const field = input.closest(".field--bad");
      if (!field) return;
      field.classList.remove("field--bad");
      for (const line of field.querySelectorAll(".field-error")) line.remove();
      for (const wrong of field.querySelectorAll("[aria-invalid]")) wrong.removeAttribute("aria-invalid");
    }

    version(number) {
      if (this.form.elements.version && number !== undefined) this.form.elements.version.value = number;
    }

    leftOutside() {
      const link = make("a", "", "在新窗口登录");
      link.href = "/login/";
      link.target = "_blank";
      this.say("登录已到期，您写的还在本页。请", "bad");
      this.said.append(link, "，再回到这里，会自动保存。");
      this.waiting = setTimeout(() => this.save(), AGAIN);
    }

    /* The token changes with each login: take the new one from a fresh copy of this page and try once more. */
    async renew() {
      const page = await fetch(location.href, { redirect: "manual" });
      if (page.type === "opaqueredirect") return this.leftOutside();
      const copy = new DOMParser().parseFromString(await page.text(), "text/html");
      const token = copy.querySelector("input[name=csrfmiddlewaretoken]")?.value;
      if (!token) return this.leftOutside();
      for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
      this.again = true;
    }

    wrong(errors) {
      for (const old of this.form.querySelectorAll("[data-autosave-error]")) old.remove();
      for (const [name, texts] of Object.entries(errors)) {
        const input = this.form.elements[name];
        const line = make("p", "field-error", texts.join("；"));
        line.dataset.autosaveError = "";
        (input?.closest?.(".field") ?? this.form).append(line);
      }
      if (Object.keys(errors).length) this.say("有一处还不对，暂未保存", "bad");
    }

    /* Where only one of the two has changed a field, that one's text stands; where both have, one chooses. */
    async choose(said, sent) {
      const theirs = new Map(Object.entries(said.theirs).map(([name, value]) => [name, text(value)]));
      const known = [...theirs.keys()].filter((name) => this.inputs(name).length);
      const changed = known.filter((name) => theirs.get(name) !== this.before.get(name));
      const both = changed.filter((name) => sent.get(name) !== this.before.get(name) && sent.get(name) !== theirs.get(name));
      const groups = new Map(both.map((name) => [name, this.pair(name, said.who, theirs.get(name))]));
      if (both.length && !(await this.asked(said, [...groups.values()]))) return this.say("同时有两处在改，尚未保存", "bad");
      for (const name of changed) {
        const chosen = groups.get(name)?.querySelector("input:checked").value ?? "theirs";
        if (chosen === "theirs") this.put(name, theirs.get(name));
      }
      this.version(said.version);
      this.before = new Map([...this.values(), ...known.map((name) => [name, theirs.get(name)])]);
      if (this.dirty()) this.again = true;
      else this.say(`已保存 ${said.when}`);
    }

    async asked(said, groups) {
      const words = make("p", "", `${said.who}于${said.when}也改过下面几处。请逐处选定保存哪一份，没有选的一份不再保留。`);
      const list = make("div", "versions");
      list.append(...groups);
      const buttons = [["按所选的保存", "yes", "primary"], ["先不存，回去看看", ""]];
      return (await ask("同时有两处在改", [words, list], buttons, { wide: true })) === "yes";
    }

    pair(name, who, theirs) {
      const input = this.inputs(name)[0];
      const label = isTicked(input) && input.closest("fieldset")?.querySelector("legend");
      const title = (label || this.form.querySelector(`label[for="${CSS.escape(input.id)}"]`))?.firstChild.textContent.trim() || name;
      const group = make("fieldset");
      group.append(make("legend", "", title));
      const both = [["mine", "我写的", this.value(name)], ["theirs", `${who} 写的`, theirs]];
      for (const [value, whose, said] of both) {
        const choice = make("label", "version");
        const radio = make("input");
        Object.assign(radio, { type: "radio", name: `keep-${name}`, value, checked: value === "mine" });
        const words = make("span");
        words.append(make("strong", "", whose), make("br"), this.words(name, said) || "（空）");
        choice.append(radio, words);
        group.append(choice);
      }
      return group;
    }
  }

  for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
})();
