/* A row for each partition, if there are several. */

const nameOf = (lease, owner) => lease === 'held' ? 'this instance'
  : owner || '–';
const known = (value) => value < 0 ? '–' : String(value);

function makeRow(body) {
  const row = body.insertRow();
  for (let i = 0; i < 6; i++)
    row.insertCell().className = i === 1 || i === 2 ? '' : 'number';
  return row;
}

export function showPartitions(partitions) {
  const section = document.getElementById('partitions');
  const body = section.querySelector('tbody');
  section.hidden = partitions.length < 2;
  if (section.hidden)
    return;
  while (body.rows.length > partitions.length)
    body.deleteRow(-1);
  partitions.forEach(([lease, active, undelivered, pending, owner], i) => {
    const row = body.rows[i] ?? makeRow(body);
    const texts = [String(i), lease, nameOf(lease, owner), String(active),
      known(undelivered), known(pending)];
    row.dataset.lease = lease;
    texts.forEach((text, column) => {
      if (row.cells[column].textContent !== text)
        row.cells[column].textContent = text;
    });
  });
}
