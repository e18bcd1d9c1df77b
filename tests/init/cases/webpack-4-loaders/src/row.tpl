<tr><td>{{ name }}</td></tr>
