<?php

namespace App\Http\Controllers;

class EventController
{
    public function summer()
    {
        return view('events.summer', ['entry' => 'events/summer']);
    }
}
