<p>Laravel</p>
