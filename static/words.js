// How much was typed, and how far it is over what can be saved.

export function showCount(field, place) {
  const text = field.value.trim();
  const words = text ? text.split(/\s+/u).length : 0;
  const limit = Number(field.dataset.limit);
  const characters = [...field.value].length;
  const over = characters > limit;
  place.textContent = over
    ? `${characters.toLocaleString("en")} of ${limit.toLocaleString("en")} characters: too long to save`
    : `${words} ${words === 1 ? "word" : "words"}`;
  place.classList.toggle("over", over);
}
