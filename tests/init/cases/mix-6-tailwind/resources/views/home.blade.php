<p class="mt-4"></p>
