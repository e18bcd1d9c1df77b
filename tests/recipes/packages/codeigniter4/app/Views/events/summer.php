<?= $this->extend('layout') ?>
<?= $this->section('content') ?>
  <h1 class="event">Summer</h1>
  <p id="days"></p>
<?= $this->endSection() ?>
