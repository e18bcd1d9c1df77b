@extends('layouts.app')
@section('title', 'Summer')
@section('content')
  <h1 class="event">Summer</h1>
  <p id="days"></p>
@endsection
